package dev.sluice.cli.start;

import dev.sluice.cli.Surroundings;
import dev.sluice.cli.control.Invocations;
import dev.sluice.cli.front.HttpFront;
import dev.sluice.cli.front.RequestHandler;
import dev.sluice.cli.preview.Preview;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.store.EmbeddedStore;
import dev.sluice.cli.store.Stores;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

/// Requests are answered by a gateway in this process.
public record OwnSite(Wiring.Gateways gateways) implements Site {
    @Override
    public Place open(
            StartOptions options,
            Surroundings surroundings,
            EmbeddedStore local,
            SecretKey secret,
            Consumer<String> notes) {
        return new Own(Stores.open(options.store(), local, surroundings, notes), gateways);
    }

    private record Own(Stores stores, Wiring.Gateways gateways) implements Place {
        @Override
        public Server serve(Scene scene) {
            RequestHandler gateway = scene.gateway(gateways);
            try {
                return new Front(HttpFront.open(scene.address(), gateway, scene.maxBody()), scene.preview(gateway));
            } catch (IOException taken) {
                throw scene.taken(taken);
            }
        }

        @Override
        public void close() {
            stores.close();
        }
    }

    private record Front(HttpFront front, Preview preview) implements Server {
        @Override
        public InetSocketAddress address() {
            return front.address();
        }

        @Override
        public Invocations invocations() {
            return Invocations.NONE;
        }

        @Override
        public void stop(Duration grace) {
            front.stop(grace);
        }
    }
}

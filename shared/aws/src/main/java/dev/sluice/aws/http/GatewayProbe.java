package dev.sluice.aws.http;

import dev.sluice.core.access.AllowedIps;
import dev.sluice.core.ports.KeyProbe;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.ports.Upstream.Answer;
import dev.sluice.model.Headers;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tries a key at a gateway by asking for its list of models. No redirect is followed: the key is for this
/// address alone. One thread at a time.
public final class GatewayProbe implements KeyProbe, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /// A snapshot that nobody used for long takes its time.
    private static final Duration EACH = Duration.ofSeconds(20);

    private static final byte[] NOTHING = new byte[0];

    private final HttpUpstream upstream = new HttpUpstream(PrivateNetworks.ofSystem());
    private final URI models;

    /// @param gateway its address, without a slash at the end
    public GatewayProbe(URI gateway) {
        this.models = URI.create(gateway + "/v1/models");
    }

    /// Makes connections for each call alone, so that nothing is left to close. Thread-safe.
    public static KeyProbe unconnected(URI gateway) {
        return key -> {
            try (GatewayProbe probe = new GatewayProbe(gateway)) {
                return probe.ask(key);
            }
        };
    }

    @Override
    public Verdict ask(String key) {
        Headers headers = Headers.of("accept", "application/json", "authorization", "Bearer " + key);
        Upstream.Call call = new Upstream.Call(models, headers, NOTHING, false, CONNECT, EACH, EACH, true);
        return judge(upstream.send(call.by("GET")).await(EACH.plus(CONNECT)));
    }

    private static Verdict judge(@Nullable Answer answer) {
        return switch (answer) {
            case Answer.Complete(int status, var _, var _) when status == 200 -> new Verdict.Accepted();
            case Answer.Complete(int status, var _, var _) when status == 401 -> new Verdict.Refused();
            case Answer.Complete(int status, Headers headers, var _)
            when status == 403 && headers.first(AllowedIps.MARK).equals(Optional.of(AllowedIps.ADDRESS)) ->
                new Verdict.Outside();
            case Answer.Complete(int status, var _, var _) -> new Verdict.Unclear("it answers " + status);
            case Answer.Broken(Upstream.Breakage breakage, var _) ->
                new Verdict.Unclear("no answer (" + breakage + ")");
            case Answer.Streaming _ -> new Verdict.Unclear("it streams"); // never asked for
            case null -> new Verdict.Unclear("no answer in time");
        };
    }

    @Override
    public void close() {
        upstream.close();
    }
}

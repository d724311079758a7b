package dev.sluice.aws.http;

import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.Upstream;
import dev.sluice.model.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/// Calls to providers inside this process before a snapshot is taken, so that it holds the HTTP client and TLS loaded and
/// compiled: plain and encrypted, whole and streamed, on new and on kept connections.
///
/// Nothing leaves the machine, and no socket is open when `play` returns. The certificate is made for it and forgotten.
public final class RehearsedNetwork {
    private static final int CONNECTIONS = 5;
    private static final int CALLS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] BODY = "{\"model\":\"rehearsal\",\"stream\":true}".getBytes(StandardCharsets.US_ASCII);

    private RehearsedNetwork() {}

    /// Throws when a call is answered otherwise than expected.
    public static void play() {
        try {
            SSLContext.getDefault(); // reads the certificates that real providers are judged by
            SelfSigned identity = SelfSigned.make();
            play("http", ServerSocketFactory.getDefault(), SSLContext.getDefault());
            play("https", identity.server().getServerSocketFactory(), identity.client());
        } catch (IOException | GeneralSecurityException unexpected) {
            throw new IllegalStateException("the network could not be rehearsed", unexpected);
        }
    }

    private static void play(String scheme, ServerSocketFactory sockets, SSLContext trust) throws IOException {
        try (RehearsedProvider provider = new RehearsedProvider(scheme, sockets)) {
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                try (HttpUpstream upstream = new HttpUpstream(PrivateNetworks.ofSystem(), new ClientPool(trust))) {
                    for (int call = 0; call < CALLS; call++) {
                        expect(upstream, call(provider, call % 2 == 0));
                    }
                }
            }
        }
    }

    private static Upstream.Call call(RehearsedProvider provider, boolean streaming) {
        Headers headers = Headers.of(
                "content-type", "application/json",
                "authorization", "Bearer rehearsal",
                "accept", streaming ? "text/event-stream" : "application/json");
        return new Upstream.Call(provider.uri(), headers, BODY, streaming, PATIENCE, PATIENCE, PATIENCE, true);
    }

    private static void expect(Upstream upstream, Upstream.Call call) {
        String answer = switch (upstream.send(call).await(PATIENCE)) {
            case null -> "nothing";
            case Upstream.Answer.Complete complete -> new String(complete.body(), StandardCharsets.US_ASCII);
            case Upstream.Answer.Streaming streaming -> text(streaming.body());
            case Upstream.Answer.Broken broken -> broken.message();
        };
        if (!answer.contains(RehearsedProvider.WORDS)) {
            throw new IllegalStateException("in rehearsal " + call.uri() + " was answered with " + answer);
        }
    }

    private static String text(ByteStream body) {
        StringBuilder text = new StringBuilder();
        try (body) {
            while (true) {
                switch (body.read(PATIENCE)) {
                    case ByteStream.Read.Bytes(byte[] bytes, int from, int to) ->
                        text.append(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
                    case ByteStream.Read.End _ -> {
                        return text.toString();
                    }
                    case ByteStream.Read.Quiet _ -> {
                        return "silence";
                    }
                    case ByteStream.Read.Reset(String message) -> {
                        return message;
                    }
                }
            }
        }
    }
}

package dev.sluice.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.ports.Upstream.Answer;
import dev.sluice.model.Headers;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// One call as a test makes it, with patient defaults.
record Calls(
        URI uri,
        Headers headers,
        boolean streams,
        Duration connect,
        Duration firstByte,
        Duration total,
        boolean allowPrivate) {
    static final Duration LONG = Duration.ofMinutes(1); // the first client of a process is slow on a machine under load

    static Calls to(URI uri) {
        return new Calls(uri, Headers.NONE, false, LONG, LONG, LONG, true);
    }

    Calls headers(Headers given) {
        return new Calls(uri, given, streams, connect, firstByte, total, allowPrivate);
    }

    Calls streaming() {
        return new Calls(uri, headers, true, connect, firstByte, total, allowPrivate);
    }

    Calls publicOnly() {
        return new Calls(uri, headers, streams, connect, firstByte, total, false);
    }

    Calls within(Duration first, Duration all) {
        return new Calls(uri, headers, streams, connect, first, all, allowPrivate);
    }

    Upstream.Pending send(Upstream upstream) {
        byte[] body = "{}".getBytes(StandardCharsets.US_ASCII);
        return upstream.send(new Upstream.Call(uri, headers, body, streams, connect, firstByte, total, allowPrivate));
    }

    Upstream.Pending send(Upstream upstream, String method) {
        Upstream.Call call =
                new Upstream.Call(uri, headers, new byte[0], streams, connect, firstByte, total, allowPrivate);
        return upstream.send(call.by(method));
    }

    Answer answer(Upstream upstream) {
        Answer answer = send(upstream).await(LONG.plus(LONG));
        assertThat(answer).as("an answer").isNotNull();
        return answer;
    }

    Answer.Broken expectBroken(Upstream upstream, Upstream.Breakage breakage) {
        Answer answer = answer(upstream);
        assertThat(answer).isInstanceOf(Answer.Broken.class);
        Answer.Broken broken = (Answer.Broken) answer;
        assertThat(broken.breakage()).as(broken.message()).isEqualTo(breakage);
        assertThat(broken.message()).contains(uri.getHost() + ":" + uri.getPort());
        return broken;
    }

    ByteStream stream(Upstream upstream) {
        Answer answer = streaming().answer(upstream);
        assertThat(answer).isInstanceOf(Answer.Streaming.class);
        return ((Answer.Streaming) answer).body();
    }

    /// The whole stream as text, with `|end` or `|reset` for how it ended.
    String streamed(Upstream upstream) {
        return drain(stream(upstream));
    }

    static String drain(ByteStream body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (; ; ) {
            switch (body.read(LONG)) {
                case ByteStream.Read.Bytes(byte[] bytes, int from, int to) -> all.write(bytes, from, to - from);
                case ByteStream.Read.End _ -> {
                    return all.toString(StandardCharsets.UTF_8) + "|end";
                }
                case ByteStream.Read.Reset _ -> {
                    return all.toString(StandardCharsets.UTF_8) + "|reset";
                }
                case ByteStream.Read.Quiet _ -> {
                    return all.toString(StandardCharsets.UTF_8) + "|quiet";
                }
            }
        }
    }
}

package dev.sluice.protocol.vectors;

import dev.sluice.model.Dialect;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.CountCodec;
import dev.sluice.protocol.CountEncoding;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.UpstreamCodec;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Runs a vector by its kind.
final class Harness {

    private final Codecs codecs;

    Harness(Codecs codecs) {
        this.codecs = codecs;
    }

    Verdict run(Vector vector) {
        try {
            return judge(vector);
        } catch (AssertionError | RuntimeException | StackOverflowError failure) {
            String message = failure.getMessage() == null ? "" : failure.getMessage();
            return new Verdict.Failed(
                    failure instanceof AssertionError
                            ? message
                            : failure.getClass().getSimpleName() + " " + message + place(failure));
        }
    }

    private Verdict judge(Vector vector) {
        vector.requireKnownKeys();
        return switch (vector.kind()) {
            case "sse-decode" -> {
                SseDecodeKind.run(vector);
                yield new Verdict.Passed();
            }
            case "ndjson-decode" -> {
                NdjsonDecodeKind.run(vector);
                yield new Verdict.Passed();
            }
            case "eventstream-decode" -> {
                EventStreamDecodeKind.run(vector);
                yield new Verdict.Passed();
            }
            case "sigv4" -> signed(vector);
            case "roundtrip" -> {
                if (!RoundtripKind.isSpoken(vector, codecs)) {
                    yield new Verdict.Skipped();
                }
                RoundtripKind.run(vector, codecs);
                yield new Verdict.Passed();
            }
            case "request" -> sent(vector);
            case "response" -> between(vector, (source, target) -> ResponseKind.run(vector, source, target));
            case "stream" -> between(vector, (source, target) -> StreamKind.run(vector, source, target));
            case "passthrough" -> passed(vector);
            case "count_tokens" -> counted(vector);
            case "error" ->
                vector.source().equals("gateway")
                        ? ofClient(vector)
                        : between(vector, (source, target) -> ErrorKind.run(vector, source, target));
            default -> throw new IllegalStateException("the runner does not know the kind " + vector.kind());
        };
    }

    private Verdict ofClient(Vector vector) {
        Optional<DialectCodec> client = codec(vector.target());
        client.ifPresent(codec -> ErrorKind.gateway(vector, codec));
        return client.isPresent() ? new Verdict.Passed() : new Verdict.Skipped();
    }

    private Verdict passed(Vector vector) {
        Optional<DialectCodec> both = codec(vector.source());
        both.ifPresent(codec -> PassthroughKind.run(vector, codec));
        return both.isPresent() ? new Verdict.Passed() : new Verdict.Skipped();
    }

    private Verdict signed(Vector vector) {
        Optional<UpstreamCodec> codec = upstream(vector.target());
        codec.ifPresent(present -> SigningKind.run(vector, present));
        return codec.isPresent() ? new Verdict.Passed() : new Verdict.Skipped();
    }

    /// A dialect that cannot count is not asked: the gateway estimates.
    private Verdict counted(Vector vector) {
        Optional<? extends CountCodec> source = codec(vector.source()).flatMap(DialectCodec::counts);
        Optional<? extends CountEncoding> target = upstream(vector.target()).flatMap(UpstreamCodec::counts);
        boolean isSent = vector.expect().text("outcome", "").equals("forward");
        if (source.isEmpty() || isSent && target.isEmpty()) {
            return new Verdict.Skipped();
        }
        CountKind.run(vector, codec(vector.source()).orElseThrow(), source.get(), target.orElse(null));
        return new Verdict.Passed();
    }

    /// From a client to a provider.
    private Verdict sent(Vector vector) {
        Optional<DialectCodec> source = codec(vector.source());
        Optional<UpstreamCodec> target = upstream(vector.target());
        if (source.isEmpty() || target.isEmpty()) {
            return new Verdict.Skipped();
        }
        RequestKind.run(vector, source.get(), target.get());
        return new Verdict.Passed();
    }

    /// From a provider to a client.
    private Verdict between(Vector vector, BiConsumer<UpstreamCodec, DialectCodec> check) {
        Optional<UpstreamCodec> source = upstream(vector.source());
        Optional<DialectCodec> target = codec(vector.target());
        if (source.isEmpty() || target.isEmpty()) {
            return new Verdict.Skipped();
        }
        check.accept(source.get(), target.get());
        return new Verdict.Passed();
    }

    private Optional<DialectCodec> codec(String dialect) {
        return Dialect.parse(spokenAs(dialect)).flatMap(codecs::of);
    }

    /// Two operations of one API have names of their own in the vectors.
    private static String spokenAs(String dialect) {
        return dialect.equals("ollama-generate") ? Dialect.OLLAMA_CHAT.id() : dialect;
    }

    private Optional<UpstreamCodec> upstream(String dialect) {
        return Dialect.parse(dialect).flatMap(codecs::upstream);
    }

    private static String place(Throwable failure) {
        return failure.getStackTrace().length == 0 ? "" : " at " + failure.getStackTrace()[0];
    }
}

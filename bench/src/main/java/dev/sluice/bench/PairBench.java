package dev.sluice.bench;

import dev.sluice.core.gateway.Dialects;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.IdentityLane;
import dev.sluice.protocol.Lane;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.TranslatedLane;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Microseconds for one answer of 100 text deltas and a tool call in 100 pieces, from every upstream dialect to every
/// client's, arriving in reads of 4 KB. Where the two are one, the identity lane passes it on.
///
/// Gemini and Ollama have no pieces of a call: their streams hold the same answer in half the events.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PairBench {
    private static final int READ = 4096;
    private static final String ANSWER_ID = "abcdefghijklmnopqrstuvwx";
    private static final EncodedRequest SENT =
            new EncodedRequest("", Headers.NONE, new byte[0], true, ToolNames.none(), false, List.of());

    @Param({"openai-chat", "openai-responses", "anthropic", "gemini", "ollama-chat", "bedrock-converse"})
    private String upstream = "";

    @Param({"openai-chat", "openai-responses", "anthropic", "gemini", "ollama-chat"})
    private String client = "";

    private final Codecs codecs = Dialects.codecs(new Seal(new byte[32]));
    private final ByteSink out = new ByteSink(1 << 16);
    private byte[] stream = new byte[0];
    private int expected;

    @Setup
    public void prepare() {
        Dialect dialect = Dialect.parse(upstream).orElseThrow();
        stream = switch (dialect) {
            case OPENAI_CHAT -> Streams.chat();
            case ANTHROPIC -> Streams.messages();
            case BEDROCK_CONVERSE -> Streams.converse();
            case OPENAI_RESPONSES, GEMINI, OLLAMA_CHAT -> asSentBy(dialect);
        };
        expected = run(_ -> {});
        if (expected < stream.length / 10) {
            throw new IllegalStateException(upstream + " to " + client + " gives " + expected + " bytes only");
        }
    }

    /// What Sluice itself sends to clients of that dialect.
    private byte[] asSentBy(Dialect dialect) {
        ByteSink sink = new ByteSink(1 << 16);
        Lane lane = lane(Dialect.OPENAI_CHAT, dialect);
        byte[] chat = Streams.chat();
        lane.feed(chat, 0, chat.length, sink, _ -> {});
        lane.end(false, sink, _ -> {});
        return sink.toByteArray();
    }

    @Benchmark
    public void answer(Blackhole hole) {
        if (run(hole::consume) != expected) {
            throw new IllegalStateException("another answer than before");
        }
    }

    private int run(Consumer<StreamEvent> heard) {
        Lane lane = lane(
                Dialect.parse(upstream).orElseThrow(), Dialect.parse(client).orElseThrow());
        int written = 0;
        for (int from = 0; from < stream.length; from += READ) {
            lane.feed(stream, from, Math.min(from + READ, stream.length), out, heard);
            written += out.size();
            out.clear();
        }
        lane.end(false, out, heard);
        written += out.size();
        out.clear();
        return written;
    }

    private Lane lane(Dialect from, Dialect to) {
        UpstreamCodec provider = codecs.upstream(from).orElseThrow();
        DialectCodec asked = codecs.of(to).orElseThrow();
        if (from == to) {
            return new IdentityLane(
                    provider.answers().frames(),
                    asked.answers().tap(SENT, Outline.NONE),
                    provider.answers().streamType());
        }
        ChatRequest request = new ChatRequest.Builder(to).stream(true).build();
        return new TranslatedLane(
                provider.answers().frames(),
                provider.answers().decoder(ToolNames.none()),
                asked.answers().encoder(new ClientContext(request, Outline.NONE, ANSWER_ID, 1)));
    }
}

package dev.sluice.bench;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.ClientContext;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.IdentityLane;
import dev.sluice.protocol.Lane;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.TranslatedLane;
import dev.sluice.protocol.anthropic.AnthropicCodec;
import dev.sluice.protocol.openai.chat.ChatCodec;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.sse.SseReader;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// Nanoseconds (and, with `-prof gc`, bytes) per event of an answer of 200 events, arriving in reads of 4 KB.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StreamBench {
    private static final int READ = 4096;
    private static final EncodedRequest SENT =
            new EncodedRequest("", Headers.NONE, new byte[0], true, ToolNames.none(), false, List.of());

    private final DialectCodec anthropic = new AnthropicCodec(new Seal(new byte[32]));
    private final DialectCodec chat = new ChatCodec(new Seal(new byte[32]));
    private final byte[] chatStream = Streams.chat();
    private final byte[] messagesStream = Streams.messages();
    private final ByteSink out = new ByteSink(1 << 16);

    /// Frames of a Chat stream, nothing done with them.
    @Benchmark
    @OperationsPerInvocation(Streams.EVENTS)
    public void read_sse_frames(Blackhole hole) {
        SseReader reader = new SseReader();
        java.util.function.Consumer<Frame> sink = hole::consume;
        for (int from = 0; from < chatStream.length; from += READ) {
            reader.feed(chatStream, from, Math.min(from + READ, chatStream.length), sink);
        }
        reader.end(sink);
    }

    @Benchmark
    @OperationsPerInvocation(Streams.EVENTS)
    public void identity_chat(Blackhole hole) {
        pump(identity(chat), chatStream, hole);
    }

    @Benchmark
    @OperationsPerInvocation(Streams.EVENTS)
    public void identity_anthropic(Blackhole hole) {
        pump(identity(anthropic), messagesStream, hole);
    }

    /// An Anthropic client on a Chat provider.
    @Benchmark
    @OperationsPerInvocation(Streams.EVENTS)
    public void chat_stream_to_anthropic_client(Blackhole hole) {
        pump(translated(chat, anthropic, Dialect.ANTHROPIC), chatStream, hole);
    }

    /// A Chat client on an Anthropic provider.
    @Benchmark
    @OperationsPerInvocation(Streams.EVENTS)
    public void anthropic_stream_to_chat_client(Blackhole hole) {
        pump(translated(anthropic, chat, Dialect.OPENAI_CHAT), messagesStream, hole);
    }

    private void pump(Lane lane, byte[] stream, Blackhole hole) {
        java.util.function.Consumer<StreamEvent> heard = hole::consume;
        for (int from = 0; from < stream.length; from += READ) {
            lane.feed(stream, from, Math.min(from + READ, stream.length), out, heard);
            hole.consume(out.size());
            out.clear();
        }
        lane.end(false, out, heard);
        out.clear();
    }

    private static Lane identity(DialectCodec codec) {
        return new IdentityLane(codec.answers().frames(), codec.answers().tap(SENT, Outline.NONE), "text/event-stream");
    }

    private static Lane translated(DialectCodec upstream, DialectCodec client, Dialect dialect) {
        ChatRequest request = new ChatRequest.Builder(dialect).stream(true).build();
        return new TranslatedLane(
                upstream.answers().frames(),
                upstream.answers().decoder(ToolNames.none()),
                client.answers().encoder(new ClientContext(request, Outline.NONE, "abcdefghijklmnopqrstuvwx", 1)));
    }
}

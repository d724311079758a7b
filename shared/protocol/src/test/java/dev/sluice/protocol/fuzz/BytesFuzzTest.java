package dev.sluice.protocol.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.model.Json;
import dev.sluice.protocol.ByteSink;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.Frame;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.eventstream.EventStreamBytes;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.vectors.PresentCodecs;
import dev.sluice.protocol.vectors.SplitMix64;
import dev.sluice.protocol.vectors.VectorBodies;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class BytesFuzzTest {
    private static final List<String> CONVERSE_EVENTS = List.of(
            "messageStart",
            "contentBlockStart",
            "contentBlockDelta",
            "contentBlockStop",
            "messageStop",
            "metadata",
            "exception:throttlingException",
            "exception:",
            "error:",
            "error:x",
            "later");

    /// With places for an index, a string, and anything.
    private static final List<String> CONVERSE_PAYLOADS = List.of(
            "%",
            "{%}",
            "{\"contentBlockIndex\":#,\"delta\":{\"text\":@}}",
            "{\"contentBlockIndex\":#,\"delta\":{\"reasoningContent\":{\"text\":@}}}",
            "{\"contentBlockIndex\":#,\"delta\":{\"reasoningContent\":{\"signature\":@}}}",
            "{\"contentBlockIndex\":#,\"delta\":{\"reasoningContent\":{\"redactedContent\":@}}}",
            "{\"contentBlockIndex\":#,\"delta\":{\"toolUse\":{\"input\":@}}}",
            "{\"contentBlockIndex\":#,\"delta\":{\"citation\":{\"title\":@}}}",
            "{\"contentBlockIndex\":#,\"delta\":{\"toolResult\":[{\"text\":@}]}}",
            "{\"contentBlockIndex\":#,\"delta\":{\"image\":{\"source\":{\"bytes\":@}}}}",
            "{\"contentBlockIndex\":#,\"start\":{\"toolUse\":{\"toolUseId\":@,\"name\":@}}}",
            "{\"contentBlockIndex\":#,\"start\":{\"toolUse\":{\"type\":\"server_tool_use\",\"name\":@}}}",
            "{\"contentBlockIndex\":#,\"start\":{\"toolResult\":{}}}",
            "{\"contentBlockIndex\":#,\"start\":{\"image\":{}}}",
            "{\"contentBlockIndex\":#}",
            "{\"stopReason\":@}",
            "{\"stopReason\":\"end_turn\"}",
            "{\"usage\":{\"inputTokens\":#,\"cacheWriteInputTokens\":#,\"cacheDetails\":[{\"ttl\":\"1h\",\"inputTokens\":#}]}}",
            "{\"message\":@}");

    @FuzzTest(maxDuration = "60s")
    void reads_any_events(FuzzedDataProvider data) {
        int piece = data.consumeInt(1, 16);
        Oracles.sse(data.consumeRemainingAsBytes(), piece);
    }

    /// A message whose checksums hold, whatever is in it, and any bytes behind it.
    @FuzzTest(maxDuration = "60s")
    void reads_any_messages(FuzzedDataProvider data) {
        int piece = data.consumeInt(1, 16);
        byte[] headers = data.consumeBytes(data.consumeInt(0, 64));
        byte[] rest = data.consumeRemainingAsBytes();
        ByteSink bytes = new ByteSink(rest.length);
        bytes.write(new EventStreamBytes().raw(headers, rest).bytes()).write(rest);
        Oracles.eventStream(bytes.toByteArray(), piece);
    }

    @FuzzTest(maxDuration = "60s")
    void decodes_any_converse_stream(FuzzedDataProvider data) {
        List<Frame> frames = new ArrayList<>();
        for (int i = data.consumeInt(1, 12); i > 0; i--) {
            String event = data.pickValue(CONVERSE_EVENTS);
            String payload = data.pickValue(CONVERSE_PAYLOADS);
            String filled = payload.replace("#", Integer.toString(data.consumeInt(-1, 3)))
                    .replace("@", JsonText.print(Json.of(data.consumeString(20))));
            frames.add(Frame.of(event, filled.replace("%", data.consumeString(8))));
        }
        Oracles.converse(frames);
    }

    @FuzzTest(maxDuration = "60s")
    void scans_any_json(byte[] bytes) {
        Oracles.scanner(bytes);
    }

    @FuzzTest(maxDuration = "60s")
    void splices_any_json(FuzzedDataProvider data) {
        String set = data.pickValue(new String[] {"a", "model", "new", ""});
        String removed = data.pickValue(new String[] {"b", "stream", "c"});
        Oracles.splice(data.consumeRemainingAsBytes(), set, removed);
    }

    @FuzzTest(maxDuration = "60s")
    void decodes_any_request(byte[] bytes) {
        for (DialectCodec codec : PresentCodecs.all().clients()) {
            Outcome<Outline> outline = codec.requests().outline(bytes, RequestHead.NONE);
            Objects.requireNonNull(outline.then(codec.requests()::decode));
        }
    }

    @FuzzTest(maxDuration = "60s")
    void decodes_any_stream(FuzzedDataProvider data) {
        int piece = data.consumeInt(1, 16);
        byte[] bytes = data.consumeRemainingAsBytes();
        for (UpstreamCodec codec : PresentCodecs.all().all()) {
            Oracles.cuts(bytes, piece, codec.answers());
        }
        for (DialectCodec codec : PresentCodecs.all().clients()) {
            Oracles.stream(codec, bytes);
        }
    }

    @FuzzTest(maxDuration = "60s")
    void decodes_any_answer(byte[] bytes) {
        for (DialectCodec codec : PresentCodecs.all().clients()) {
            VectorBodies.answerEverywhere(bytes, codec);
        }
    }

    /// Requests of every client with up to four things wrong, for every provider.
    @FuzzTest(maxDuration = "60s")
    void translates_any_request(FuzzedDataProvider data) {
        List<DialectCodec> clients = PresentCodecs.all().clients();
        DialectCodec client = clients.get(data.consumeInt(0, clients.size() - 1));
        List<VectorBodies.Body> bodies = VectorBodies.of("request", client.dialect());
        VectorBodies.Body body = bodies.get(data.consumeInt(0, bodies.size() - 1));
        Json mutated = body.json();
        for (int i = data.consumeInt(1, 4); i > 0; i--) {
            int part = data.consumeInt(1, MutationsTest.size(mutated));
            mutated = MutationsTest.mutated(mutated, new SplitMix64(data.consumeLong()), part);
        }
        if (mutated instanceof Json.Obj object) {
            VectorBodies.encodeEverywhere(object, client, body.name());
        }
    }
}

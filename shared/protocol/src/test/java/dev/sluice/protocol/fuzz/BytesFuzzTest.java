package dev.sluice.protocol.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.vectors.PresentCodecs;
import dev.sluice.protocol.vectors.VectorBodies;
import java.util.Objects;

class BytesFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void reads_any_events(FuzzedDataProvider data) {
        int piece = data.consumeInt(1, 16);
        Oracles.sse(data.consumeRemainingAsBytes(), piece);
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
    void decodes_any_stream(byte[] bytes) {
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
}

package dev.sluice.protocol.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.model.StreamEvent;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.TranslatedLane;
import dev.sluice.protocol.UpstreamCodec;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// What holds for every stream on its way to every client, in the client's own terms.
class PairLawsTest {
    /// Streams up to this long are cut at every byte.
    private static final int SHORT = 4096;

    /// Longer ones are cut at as many places.
    private static final int CUTS = 200;

    private static void everyPair(BiConsumer<Vector, DialectCodec> law) {
        for (Vector vector : VectorFiles.streams()) {
            PresentCodecs.all().clients().forEach(client -> law.accept(vector, client));
        }
    }

    private static StreamRun run(Vector vector, DialectCodec client, byte[] bytes, StreamRun.Cuts cuts) {
        boolean isMeant = vector.target().equals(client.dialect().id());
        Setup setup = new Setup(isMeant ? vector.context() : Json.Obj.EMPTY);
        UpstreamCodec upstream = PresentCodecs.upstream(vector.source());
        TranslatedLane lane = new TranslatedLane(
                upstream.answers().frames(),
                upstream.answers().decoder(new Setup(vector.context()).names()),
                client.answers().encoder(setup.client(client, true)));
        return StreamRun.of(lane, bytes, false, cuts);
    }

    @Test
    void any_cut_of_the_provider_s_bytes_gives_the_client_the_same_bytes() {
        everyPair((vector, client) -> {
            byte[] bytes = StreamRun.bytes(vector);
            byte[] whole = run(vector, client, bytes, StreamRun.Cuts.WHOLE).written();
            List.of(StreamRun.Cuts.BYTES, StreamRun.Cuts.random(1), StreamRun.Cuts.random(2))
                    .forEach(cuts -> assertThat(run(vector, client, bytes, cuts).written())
                            .as(named(vector, client))
                            .isEqualTo(whole));
        });
    }

    @Test
    void a_stream_cut_anywhere_ends_once_in_the_client_s_own_terms_and_never_as_if_complete() {
        everyPair((vector, client) -> {
            byte[] bytes = StreamRun.bytes(vector);
            int step = bytes.length <= SHORT ? 1 : bytes.length / CUTS;
            for (int cut = 0; cut <= bytes.length; cut += step) {
                ended(run(vector, client, Arrays.copyOf(bytes, cut), StreamRun.Cuts.WHOLE), client, vector, cut);
            }
        });
    }

    private static void ended(StreamRun run, DialectCodec client, Vector vector, int cut) {
        String dialect = client.dialect().id();
        List<Json> events = run.events(StreamRun.framing(dialect));
        boolean isFinished = run.heard().getLast() instanceof StreamEvent.Finished;
        String name = named(vector, client) + " cut at " + cut;
        assertThat(Terminals.in(dialect, events))
                .as(name)
                .isEqualTo(new Terminals.Found(isFinished ? 1 : 0, isFinished ? 0 : 1, true));
        assertThat(Grammar.problems(dialect, events, isFinished)).as(name).isEmpty();
    }

    private static String named(Vector vector, DialectCodec client) {
        return vector.name() + " from " + vector.source() + " to "
                + client.dialect().id();
    }
}

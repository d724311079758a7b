package dev.sluice.protocol.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Degradation;
import dev.sluice.model.Failure;
import dev.sluice.model.Policies;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.vectors.PresentCodecs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What `strict` changes, over every feature of every pair: what would be told is refused, and nothing else is.
class StrictTest {
    private static final Policies STRICT =
            new Policies(Policies.Loss.REJECT, Policies.Loss.DROP, true, true, false, true);

    private final Codecs codecs = PresentCodecs.all();

    /// One feature on one pair, by both policies.
    private record Cell(String name, Outcome<EncodedRequest> lenient, Outcome<EncodedRequest> strict) {
        List<Degradation> degraded() {
            return lenient instanceof Outcome.Ok<EncodedRequest>(EncodedRequest encoded)
                    ? encoded.degraded()
                    : List.of();
        }
    }

    private List<Cell> cells() throws IOException {
        List<Cell> cells = new ArrayList<>();
        for (Feature feature : Feature.all()) {
            for (DialectCodec client : codecs.clients()) {
                if (feature.requests().containsKey(client.dialect())) {
                    codecs.all().stream()
                            .filter(upstream -> upstream.dialect() != client.dialect())
                            .forEach(upstream -> cells.add(cell(feature, client, upstream)));
                }
            }
        }
        return cells;
    }

    private static Cell cell(Feature feature, DialectCodec client, UpstreamCodec upstream) {
        return new Cell(
                feature.name() + ", " + client.dialect() + " to " + upstream.dialect(),
                Support.encoded(feature, client, upstream, Policies.DEFAULT),
                Support.encoded(feature, client, upstream, STRICT));
    }

    @Test
    void what_would_be_told_is_refused_by_the_name_of_its_field() throws IOException {
        List<Cell> degraded =
                cells().stream().filter(cell -> !cell.degraded().isEmpty()).toList();

        assertThat(degraded).hasSizeGreaterThan(200).allSatisfy(cell -> {
            assertThat(cell.strict()).as(cell.name()).isInstanceOf(Outcome.Bad.class);
            Failure failure = ((Outcome.Bad<EncodedRequest>) cell.strict()).failure();
            assertThat(failure).as(cell.name()).isInstanceOf(Failure.Refused.class);
            assertThat(cell.degraded())
                    .as(cell.name())
                    .extracting(Degradation::path)
                    .contains(String.valueOf(((Failure.Refused) failure).param()));
            assertThat(failure.message()).as(cell.name()).contains(String.valueOf(((Failure.Refused) failure).param()));
        });
    }

    @Test
    void all_else_stays_as_it_is() throws IOException {
        List<Cell> others =
                cells().stream().filter(cell -> cell.degraded().isEmpty()).toList();

        assertThat(others).hasSizeGreaterThan(500).allSatisfy(cell -> {
            switch (cell.lenient()) {
                case Outcome.Ok<EncodedRequest>(EncodedRequest encoded) -> {
                    assertThat(cell.strict()).as(cell.name()).isInstanceOf(Outcome.Ok.class);
                    assertThat(((Outcome.Ok<EncodedRequest>) cell.strict())
                                    .value()
                                    .body())
                            .as(cell.name())
                            .isEqualTo(encoded.body());
                }
                case Outcome.Bad<EncodedRequest>(Failure failure) ->
                    assertThat(cell.strict()).as(cell.name()).isEqualTo(Outcome.bad(failure));
            }
        });
    }
}

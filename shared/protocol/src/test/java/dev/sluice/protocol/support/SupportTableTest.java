package dev.sluice.protocol.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.vectors.PresentCodecs;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The table in the document is what the codecs do; `-Dgolden=write` writes it anew.
class SupportTableTest {
    private static final DocumentTable PLACE = new DocumentTable(
            "<!-- support table: written by SupportTableTest -->\n", "<!-- end of the support table -->\n");

    private final Codecs codecs = PresentCodecs.all();

    @Test
    void the_document_says_what_the_codecs_do() throws IOException {
        PLACE.holds(table(Feature.all()));
    }

    @Test
    void every_client_dialect_is_asked_for_most_features() throws IOException {
        List<Feature> features = Feature.all();
        assertThat(codecs.clients())
                .allSatisfy(client -> assertThat(features.stream()
                                .filter(feature -> feature.requests().containsKey(client.dialect()))
                                .count())
                        .isGreaterThan(20));
    }

    private String table(List<Feature> features) {
        Map<String, Integer> counts = new TreeMap<>();
        StringBuilder text = new StringBuilder();
        for (DialectCodec client : codecs.clients().stream()
                .sorted(Comparator.comparing(DialectCodec::dialect))
                .toList()) {
            List<UpstreamCodec> others = codecs.all().stream()
                    .filter(upstream -> upstream.dialect() != client.dialect())
                    .sorted(Comparator.comparing(UpstreamCodec::dialect))
                    .toList();
            DocumentTable.row(
                    text.append('\n'),
                    "From `" + client.dialect().id() + "`",
                    others.stream()
                            .map(upstream -> "to `" + upstream.dialect().id() + "`")
                            .toList());
            DocumentTable.row(text, "---", others.stream().map(_ -> "---").toList());
            features.stream()
                    .filter(feature -> feature.requests().containsKey(client.dialect()))
                    .forEach(feature -> {
                        List<String> cells = others.stream()
                                .map(upstream -> Support.of(feature, client, upstream))
                                .toList();
                        cells.forEach(cell -> counts.merge(kind(cell), 1, Integer::sum));
                        DocumentTable.row(text, feature.name(), cells);
                    });
        }
        String sums = counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
        return text.append("\nCells: ").append(sums).append(".\n").toString();
    }

    private static String kind(String cell) {
        int mark = cell.indexOf(' ');
        return mark < 0 || cell.equals("left out") ? cell : cell.substring(0, mark);
    }
}

package dev.sluice.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The published schema of CloudWatch's embedded metric format, as checks: fields, types, units, lengths, numbers.
public final class EmfSchema {
    private static final Set<String> UNITS = Set.of(
            "Seconds",
            "Microseconds",
            "Milliseconds",
            "Bytes",
            "Kilobytes",
            "Megabytes",
            "Gigabytes",
            "Terabytes",
            "Bits",
            "Kilobits",
            "Megabits",
            "Gigabits",
            "Terabits",
            "Percent",
            "Count",
            "Bytes/Second",
            "Kilobytes/Second",
            "Megabytes/Second",
            "Gigabytes/Second",
            "Terabytes/Second",
            "Bits/Second",
            "Kilobits/Second",
            "Megabits/Second",
            "Gigabits/Second",
            "Terabits/Second",
            "Count/Second",
            "None");
    private static final int MOST_METRICS = 100;
    private static final int MOST_DIMENSIONS = 30;
    private static final int MOST_BYTES = 256 * 1024;

    private EmfSchema() {}

    /// Whether the line says that it is in this format.
    public static boolean isEmf(Json.Obj document) {
        return document.has("_aws");
    }

    public static void check(Json.Obj document) {
        assertThat(JsonText.print(document).length()).isLessThan(MOST_BYTES);
        Json.Obj meta = (Json.Obj) document.fields().get("_aws");
        assertThat(meta.fields().keySet()).containsExactlyInAnyOrder("Timestamp", "CloudWatchMetrics");
        assertThat(number(meta.fields().get("Timestamp")).scale()).isZero();
        List<Json> directives = ((Json.Arr) meta.fields().get("CloudWatchMetrics")).items();
        assertThat(directives).isNotEmpty();
        Set<String> declared = new HashSet<>(Set.of("_aws"));
        for (Json directive : directives) {
            check((Json.Obj) directive, document, declared);
        }
        assertThat(document.fields().keySet()).isEqualTo(declared);
    }

    private static void check(Json.Obj directive, Json.Obj document, Set<String> declared) {
        assertThat(directive.fields().keySet()).containsExactlyInAnyOrder("Namespace", "Dimensions", "Metrics");
        assertThat(directive.text("Namespace")).hasSizeBetween(1, 1024).doesNotStartWith("AWS/");
        List<Json> sets = ((Json.Arr) directive.fields().get("Dimensions")).items();
        assertThat(sets).isNotEmpty();
        for (Json set : sets) {
            List<Json> names = ((Json.Arr) set).items();
            assertThat(names).hasSizeLessThanOrEqualTo(MOST_DIMENSIONS);
            for (Json name : names) {
                dimension(((Json.Str) name).value(), document, declared);
            }
        }
        List<Json> metrics = ((Json.Arr) directive.fields().get("Metrics")).items();
        assertThat(metrics).hasSizeBetween(1, MOST_METRICS);
        for (Json metric : metrics) {
            metric((Json.Obj) metric, document, declared);
        }
    }

    /// A target member at the root, a string.
    private static void dimension(String name, Json.Obj document, Set<String> declared) {
        declared.add(name);
        assertThat(name).hasSizeBetween(1, 250);
        assertThat(document.text(name)).hasSizeBetween(1, 1024).doesNotStartWith(":");
    }

    /// A target member at the root, a number (or up to 100 of them, which this gateway never writes).
    private static void metric(Json.Obj metric, Json.Obj document, Set<String> declared) {
        assertThat(metric.fields().keySet()).containsExactlyInAnyOrder("Name", "Unit");
        String name = metric.text("Name");
        declared.add(name);
        assertThat(name).hasSizeBetween(1, 1024);
        assertThat(UNITS).contains(metric.text("Unit"));
        assertThat(number(document.fields().get(name))).isNotNegative();
    }

    private static BigDecimal number(Json value) {
        return new BigDecimal(((Json.Num) value).literal());
    }
}

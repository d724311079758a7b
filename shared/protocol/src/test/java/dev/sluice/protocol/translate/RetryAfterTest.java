package dev.sluice.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.model.Headers;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

    private static @Nullable Duration read(String... headers) {
        return RetryAfter.of(Headers.of(headers), NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "retry-after, 7, 7000",
        "retry-after, ' 7 ', 7000",
        "retry-after, 0, 0",
        "retry-after, 0.5, 500",
        "retry-after, 0.0001, 1",
        "retry-after-ms, 250, 250",
        "retry-after-ms, 250.2, 251",
        "retry-after, 'Sat, 21 Nov 2026 00:00:30 GMT', 30000",
        "retry-after, 'Fri, 20 Nov 2026 23:59:59 GMT', 0",
    })
    void reads_numbers_and_dates(String name, String value, long milliseconds) {
        assertThat(read(name, value)).isEqualTo(Duration.ofMillis(milliseconds));
    }

    @Test
    void milliseconds_go_before_seconds_where_they_can_be_read() {
        assertThat(read("retry-after", "7", "retry-after-ms", "250")).isEqualTo(Duration.ofMillis(250));
        assertThat(read("retry-after", "7", "retry-after-ms", "soon")).isEqualTo(Duration.ofSeconds(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "soon",
                "-1",
                "NaN",
                "Infinity",
                "1e9",
                "99999999999999999999",
                "7d",
                "0x10p1",
                "2026-11-21T00:00:30Z",
                "Sat, 41 Nov 2026 00:00:30 GMT"
            })
    void nonsense_names_no_time(String value) {
        assertThat(read("retry-after", value)).isNull();
        assertThat(read("retry-after-ms", value)).isNull();
    }

    @Test
    void without_a_header_there_is_no_time() {
        assertThat(read()).isNull();
    }
}

package dev.sluice.cli.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitWindowTest {
    @ParameterizedTest
    @CsvSource({
        "month:1, month, 1",
        "1w, week, 1",
        "7day, day, 7",
        "hour/6, hour, 6",
        "30 min, minute, 30",
        "MINUTE, minute, 1",
        "2mo, month, 2",
        "m:5, minute, 5",
        "10s, second, 10",
    })
    void reads_what_people_write(String text, String unit, long size) {
        assertThat(LimitWindow.parse(text)).contains(new LimitWindow(unit, size));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "fortnight", "month:x", "1w2", "-1d", "1.5h", "month::1", "999999d", "7 : d", "é1"})
    void anything_else_is_no_window(String text) {
        assertThat(LimitWindow.parse(text)).isEmpty();
    }
}

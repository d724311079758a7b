package dev.sluice.core.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.limits.AdmitStep.Reservation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReservationTextTest {
    private static Reservation reservation(Map<String, Long> amounts) {
        return new Reservation("id", Instant.ofEpochMilli(1_795_262_400_123L), new TreeMap<>(amounts));
    }

    @Test
    void is_written_as_expiry_and_amounts_in_order() {
        assertThat(ReservationText.format(reservation(Map.of("t/b/day1/1", 300L, "m/b/day1/1", 7L))))
                .isEqualTo("1795262400123;m/b/day1/1=7;t/b/day1/1=300");
    }

    @Test
    void is_read_as_it_was_written() {
        for (Map<String, Long> amounts :
                List.of(Map.<String, Long>of(), Map.of("t/b/day1/1", Long.MAX_VALUE), Map.of("a=b", 1L, "c", -2L))) {
            Reservation reservation = reservation(amounts);

            assertThat(ReservationText.parse("id", ReservationText.format(reservation)))
                    .contains(reservation);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                ";",
                "1;",
                "1;a",
                "1;=1",
                "1;a=",
                "1;a=x",
                "1;a=1;",
                "1;a=1;;b=1",
                " 1",
                "99999999999999999999",
                "1;a=99999999999999999999",
                "1;b;a=1"
            })
    void what_somebody_else_wrote_is_none(String text) {
        assertThat(ReservationText.parse("id", text)).isEmpty();
    }
}

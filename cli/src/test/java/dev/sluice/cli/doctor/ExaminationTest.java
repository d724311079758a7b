package dev.sluice.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.FixedTime;
import dev.sluice.model.Json;
import dev.sluice.testkit.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ExaminationTest {
    private final Shade shade = new Shade();
    private final List<RuntimeException> faults = new ArrayList<>();

    private record Scripted(Area area, Consumer<Notes> looking) implements AreaCheck {
        @Override
        public void look(Notes notes) {
            looking.accept(notes);
        }
    }

    private List<AreaReport> run(Duration patience, AreaCheck... checks) {
        return new Examination(List.of("--data", "here"), patience, FixedTime.NOON, shade, faults::add)
                .run(List.of(checks), _ -> {});
    }

    private static void waitForEver(Notes notes, CountDownLatch begun) {
        notes.ok("begun", "it has begun");
        begun.countDown();
        await(new CountDownLatch(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void an_area_that_hangs_is_told_with_what_it_had_seen_and_hides_no_other() {
        VirtualTime time = new VirtualTime();
        Duration patience = Duration.ofMinutes(1);
        CountDownLatch begun = new CountDownLatch(1);
        List<AreaReport> reports = new Examination(List.of(), patience, time, shade, faults::add)
                .run(
                        List.of(
                                new Scripted(Area.PROVIDERS, notes -> waitForEver(notes, begun)),
                                new Scripted(Area.TOOLS, notes -> notes.ok("fine", "fine"))),
                        _ -> {
                            await(begun);
                            time.advance(patience); // over once one is there and the other has begun
                        });
        assertThat(reports).extracting(AreaReport::area).containsExactly(Area.PROVIDERS, Area.TOOLS);
        assertThat(reports.getFirst().findings())
                .extracting(Finding::check)
                .containsExactly("begun", Ailment.NOT_IN_TIME.id());
        assertThat(reports.getLast().worst()).isEqualTo(Severity.OK);
    }

    @Test
    void what_a_check_throws_is_a_finding_and_the_fault_is_handed_over() {
        IllegalStateException fault = new IllegalStateException("inner words");
        Finding found = run(Duration.ofMinutes(1), new Scripted(Area.TABLE, _ -> {
                    throw fault;
                }))
                .getFirst()
                .findings()
                .getFirst();
        assertThat(found.sentence()).contains("IllegalStateException").doesNotContain("inner words");
        assertThat(found.mend().orElseThrow().text()).isEqualTo("sluice doctor --only table --debug --data here");
        assertThat(faults).containsExactly(fault);
    }

    @Test
    void a_secret_that_somebody_came_by_is_struck_out_of_every_text() {
        shade.hide("sk-canary-0123456789");
        Finding found = run(
                        Duration.ofMinutes(1),
                        new Scripted(
                                Area.CREDENTIALS,
                                notes -> notes.say(
                                        Ailment.CREDENTIAL_UNUSED,
                                        "it said sk-canary-0123456789",
                                        "name",
                                        "sk-canary-0123456789")))
                .getFirst()
                .findings()
                .getFirst();
        assertThat(found.json().toString()).contains("***").doesNotContain("canary");
    }

    @Test
    void values_are_quoted_where_a_shell_would_split_or_expand_them() {
        assertThat(Notes.quoted("claude-*")).isEqualTo("'claude-*'");
        assertThat(Notes.quoted("it's")).isEqualTo("'it'\\''s'");
        assertThat(Notes.quoted("work/m1")).isEqualTo("work/m1");
    }

    @Test
    void there_is_no_warning_or_error_without_a_mend() {
        assertThatThrownBy(() ->
                        new Finding(Area.CLOCK, Severity.WARNING, "x", "y", Optional.empty(), Json.Obj.EMPTY, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.sluice.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.ManualSchedule;
import dev.sluice.cli.StopSignal;
import dev.sluice.cli.terminal.VirtualScreen;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveScreenTest {
    private final VirtualScreen screen = new VirtualScreen(80, 24);
    private final ManualSchedule schedule = new ManualSchedule();
    private final StopSignal stop = new StopSignal();
    private final AtomicReference<Supplier<Snapshot>> looks = new AtomicReference<>(Scenes::small);
    private final Terminal terminal = screen.open().orElseThrow();
    private final Attributes before = terminal.getAttributes();
    private Thread drawing;

    private void run(boolean hasColours) throws InterruptedException {
        terminal.writer().print("what stood there before");
        terminal.flush();
        drawing = Thread.ofVirtual()
                .start(() -> new LiveScreen(terminal, schedule, stop, hasColours)
                        .run(Scenes.small(), () -> looks.get().get(), Duration.ofSeconds(1)));
        see("In flight 2");
    }

    private void see(String text) throws InterruptedException {
        until(shown -> shown.contains(text));
    }

    private void until(Predicate<String> wanted) throws InterruptedException {
        screen.await(wanted);
    }

    @AfterEach
    void end() throws InterruptedException {
        stop.ask();
        drawing.join();
        screen.close();
    }

    private void is_as_it_was() throws InterruptedException {
        drawing.join();
        assertThat(screen.lines().getFirst()).isEqualTo("what stood there before");
        assertThat(String.join("", screen.lines())).doesNotContain("In flight");
        assertThat(terminal.getAttributes()).hasToString(before.toString());
        assertThat(schedule.isIdle()).isTrue();
    }

    @Test
    void each_tick_draws_what_is_seen_then() throws InterruptedException {
        run(true);
        looks.set(() -> Scenes.crowded(50));
        schedule.tick();
        see("Targets 50");
    }

    @Test
    void q_ends_it_and_the_terminal_is_as_it_was() throws InterruptedException {
        run(true);
        screen.type("q");
        is_as_it_was();
    }

    @Test
    void ctrl_c_ends_it_and_the_terminal_is_as_it_was() throws InterruptedException {
        run(true);
        screen.type("\u0003");
        is_as_it_was();
    }

    @Test
    void a_signal_to_stop_ends_it_and_the_terminal_is_as_it_was() throws InterruptedException {
        run(true);
        assertThat(stop.isHeeded()).isTrue();
        stop.ask();
        is_as_it_was();
    }

    @Test
    void a_look_that_fails_is_told_and_tried_again() throws InterruptedException {
        run(true);
        looks.set(() -> {
            throw CommandFailure.failed("the running start has ended: try again");
        });
        schedule.tick();
        see("✖ seen last at 12:00:00 UTC, trying again: the running start has ended");
        see("In flight 2");
        looks.set(Scenes::small);
        schedule.tick();
        until(shown -> !shown.contains("has ended"));
    }

    @Test
    void keys_choose_sort_scroll_and_tell_help() throws InterruptedException {
        run(true);
        screen.type("\t");
        see("▸ Targets");
        screen.type("s");
        see("s sort: busiest first");
        screen.type("\u001b[Z");
        see("▸ In flight");
        screen.type("?");
        see("choose a table");
        screen.type("?");
        see("Targets 2");
    }

    @Test
    void what_a_terminal_tells_of_itself_is_no_key() throws InterruptedException {
        run(true);
        screen.type("\u001b[?1;2c\u001b[?2027;0$y\t");
        see("▸ Targets");
        assertThat(String.join("", screen.lines())).doesNotContain("choose a table");
    }

    @Test
    void a_smaller_terminal_is_drawn_anew() throws InterruptedException {
        run(true);
        screen.resize(60, 15);
        until(shown -> shown.contains("Limits 2") && shown.lines().count() <= 15);
        assertThat(screen.lines()).hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void without_colours_nothing_is_coloured_and_everything_is_said() throws InterruptedException {
        run(false);
        see("✖ cools 1:30");
        assertThat(screen.picture().svg("")).doesNotContain("#ff7b72", "#56d364", "#e3b341");
    }
}

package dev.sluice.protocol.vectors;

import dev.sluice.model.StreamEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The grammar of the events themselves, which every decoder keeps whatever it is fed.
final class EventGrammar {
    private final Set<Integer> open = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private boolean started;
    private boolean ended;
    private int last = -1;

    private EventGrammar() {}

    static List<String> problems(List<StreamEvent> events) {
        EventGrammar grammar = new EventGrammar();
        events.forEach(grammar::step);
        grammar.check(grammar.ended, "no terminal event in " + events);
        return grammar.problems;
    }

    private void step(StreamEvent event) {
        check(!ended, event + " after the end");
        check(
                started || event instanceof StreamEvent.Started || event instanceof StreamEvent.Failed,
                event + " before the start");
        switch (event) {
            case StreamEvent.Started _ -> {
                check(!started, "started twice");
                started = true;
            }
            case StreamEvent.BlockOpened(int index, StreamEvent.Opening _) -> {
                check(index > last, "index " + index + " after " + last);
                last = index;
                open.add(index);
            }
            case StreamEvent.Delta delta -> check(open.contains(delta.index()), "delta outside of a block: " + delta);
            case StreamEvent.BlockClosed(int index) -> check(open.remove(index), "closed what was not open: " + index);
            case StreamEvent.UsageReported _ -> {}
            case StreamEvent.Finished _ -> check(open.isEmpty(), "finished with open blocks " + open);
            case StreamEvent.Failed _ -> {}
        }
        ended |= event.isTerminal();
    }

    private void check(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}

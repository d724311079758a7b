package dev.sluice.cli.deploy;

import dev.sluice.aws.owner.OwnerFailure;
import dev.sluice.aws.owner.Stacks;
import dev.sluice.aws.owner.Stacks.Event;
import dev.sluice.core.ports.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Follows what CloudFormation does to one stack and tells of it; one thread at a time.
final class Watch {
    private static final String STACK = "AWS::CloudFormation::Stack";
    /// What fails only because something else has failed before.
    private static final List<String> AFTERMATH = List.of("cancelled", "canceled");

    private final Stacks stacks;
    private final String stack;
    private final Time time;
    private final Steps steps;
    private final int total;
    private final long start;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> done = new HashSet<>();
    private final List<Event> failures = new ArrayList<>();
    private @Nullable String last;

    /// @param stack its name, or its id where it will be gone
    /// @param total of the resources that will change; 0: not known
    Watch(Stacks stacks, String stack, int total, Time time, Steps steps) {
        this.stacks = stacks;
        this.stack = stack;
        this.time = time;
        this.steps = steps;
        this.total = total;
        this.start = time.nanos();
        events().forEach(event -> seen.add(event.id()));
    }

    /// A question that is not answered is asked again the next time: what is watched goes on.
    private List<Event> events() {
        try {
            return stacks.events(stack);
        } catch (OwnerFailure notNow) {
            return List.of();
        }
    }

    /// Looks once.
    void look() {
        String latest = null;
        for (Event event : events().reversed()) {
            if (!seen.add(event.id()) || event.type().equals(STACK)) {
                continue;
            }
            if (event.isFailure() && AFTERMATH.stream().noneMatch(event.reason()::contains)) {
                failures.add(event);
                steps.failed(event.logicalId() + " (" + event.type() + "): " + event.reason());
            } else if (event.isDone()) {
                done.add(event.logicalId());
            }
            latest = event.logicalId() + " "
                    + event.status().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
        if (latest != null && !latest.equals(last)) {
            last = latest;
            steps.going(progress() + ", " + elapsed() + ": " + latest);
        }
    }

    private String progress() {
        return total > 0 ? done.size() + " of " + total + " resources" : done.size() + " resources";
    }

    String elapsed() {
        return Steps.shown(Duration.ofNanos(time.nanos() - start));
    }

    /// What broke it, before all that broke because of it.
    Optional<Event> failure() {
        return failures.stream().findFirst();
    }
}

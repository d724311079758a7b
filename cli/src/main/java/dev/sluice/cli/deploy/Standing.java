package dev.sluice.cli.deploy;

import dev.sluice.aws.owner.Deployment;
import dev.sluice.aws.owner.Functions;
import dev.sluice.aws.owner.LogGroup;
import dev.sluice.aws.owner.Owner;
import dev.sluice.aws.owner.OwnerFailure;
import dev.sluice.aws.owner.Stacks.Event;
import dev.sluice.aws.owner.Stacks.Stack;
import dev.sluice.cli.CommandFailure;
import dev.sluice.core.ports.Time;
import dev.sluice.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// How a deployed stack stands: each part asked for by itself, so that one that cannot be asked hides no other.
public final class Standing {
    private static final String ALIAS = "live";
    private static final Duration ERRORS = Duration.ofHours(24);
    private static final int MOST_ERRORS = 5;
    private static final String ERROR_PATTERN =
            "{ ($.level = \"error\") || ($.level = \"ERROR\") || ($.status >= 500) }";

    private final Owner owner;
    private final Time time;
    private final String here;
    private final List<Fact> facts = new ArrayList<>();
    private boolean well = true;

    /// One line of it.
    ///
    /// @param isWell false: it needs the owner
    public record Fact(String name, String value, boolean isWell) {}

    private Standing(Owner owner, Time time, String here) {
        this.owner = owner;
        this.time = time;
        this.here = here;
    }

    /// Ends the command when there is no such stack.
    ///
    /// @param here the version of this command
    public static Standing of(Owner owner, Time time, String here) {
        Standing standing = new Standing(owner, time, here);
        standing.look();
        return standing;
    }

    private void look() {
        fact("account", owner.identity().account() + ", as " + owner.identity().arn());
        fact("region", owner.region());
        Stack stack = owner.stacks()
                .stack(owner.stackName())
                .orElseThrow(() -> CommandFailure.failed("there is no stack " + owner.stackName() + " in "
                        + owner.region() + " of account " + owner.identity().account()
                        + ": deploy it with sluice deploy, or name another with --stack, --region or --profile"));
        fact(
                "stack",
                stack.name() + ", " + stack.status() + (stack.changed() == null ? "" : " since " + stack.changed())
                        + (stack.reason().isEmpty() ? "" : " (" + stack.reason() + ")"),
                stack.isWhole());
        if (!stack.isWhole()) {
            failures();
        }
        Deployment deployment;
        try {
            deployment = owner.deployment();
        } catch (OwnerFailure notWhole) {
            fact("parameters", notWhole.text(), false);
            return;
        }
        parts(deployment);
    }

    private void parts(Deployment deployment) {
        fact(
                "version",
                deployment.version() + (deployment.version().equals(here) ? ", as this one" : ", this one is " + here));
        fact("url", deployment.address().toString());
        boolean before = well;
        well = true;
        String function = told(() -> function(deployment));
        boolean isReady = well;
        well = before;
        fact("function", function, isReady);
        Check rotation = new Rotation(owner, time).check();
        fact("rotation", rotation.detail(), rotation.passed());
        Check health = new Smoke(deployment.address(), "", time).run().getFirst();
        fact("health", health.detail() + " after " + Steps.shown(health.took()), health.passed());
        fact("errors", told(this::errors));
    }

    private void failures() {
        owner.stacks().events(owner.stackName()).stream()
                .filter(Event::isFailure)
                .limit(3)
                .forEach(event -> fact("failed", event.logicalId() + " (" + event.type() + "): " + event.reason()));
    }

    private String function(Deployment deployment) {
        Optional<Functions.Version> live = owner.functions().behind(deployment.gatewayFunction(), ALIAS);
        if (live.isEmpty()) {
            well = false;
            return deployment.gatewayFunction() + " has no alias " + ALIAS;
        }
        Functions.Version version = live.get();
        return deployment.gatewayFunction() + ", version " + version.version() + " behind " + ALIAS + ", "
                + version.state() + ", SnapStart "
                + (version.snapStart().equals("PublishedVersions") ? version.snapshot() : "not wanted") + ", "
                + version.architecture() + ", " + version.memoryMb() + " MB";
    }

    private String errors() {
        List<LogGroup.Line> lines = owner.log().since(time.now().minus(ERRORS), ERROR_PATTERN, MOST_ERRORS);
        if (lines.isEmpty()) {
            return "none in the last 24 hours";
        }
        lines.forEach(line -> fact("error", line.at() + " " + line.text()));
        return "the newest " + lines.size() + " of the last 24 hours are above";
    }

    private String told(Supplier<String> question) {
        try {
            return question.get();
        } catch (OwnerFailure failed) {
            return "not known: " + failed.text();
        }
    }

    private void fact(String name, String value) {
        facts.add(new Fact(name, value, true));
    }

    private void fact(String name, String value, boolean isWell) {
        well &= isWell;
        facts.add(new Fact(name, value, isWell));
    }

    public List<Fact> facts() {
        return List.copyOf(facts);
    }

    /// Whether nothing of it needs its owner.
    public boolean isWell() {
        return well;
    }

    public Json.Obj json() {
        Json.Builder object = Json.object().put("stack", owner.stackName()).put("well", well);
        object.put(
                "facts",
                Json.array(facts.stream()
                        .<Json>map(fact -> Json.object()
                                .put("name", fact.name())
                                .put("value", fact.value())
                                .build())
                        .toList()));
        return object.build();
    }
}

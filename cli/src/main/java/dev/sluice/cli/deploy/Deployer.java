package dev.sluice.cli.deploy;

import dev.sluice.aws.owner.Owner;
import dev.sluice.aws.owner.Stacks;
import dev.sluice.aws.owner.Stacks.Stack;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes or changes the stack: looks at what is needed, shows what would change and what it costs, lets the CDK do it and
/// follows CloudFormation meanwhile.
///
/// What was shown is what is deployed: one synthesis serves both. Every refusal ends the command with what to do.
public final class Deployer {
    private static final String BOOTSTRAP = "CDKToolkit";

    private final Owner owner;
    private final Cdk cdk;
    private final CdkRuns runs;
    private final Infra infra;
    private final Surroundings surroundings;
    private final Steps steps;
    private final Wish wish;

    /// What the owner has typed.
    ///
    /// @param context for the CDK app, `key=value`
    /// @param yes nothing is asked
    public record Wish(List<String> context, boolean yes) {}

    public Deployer(Owner owner, Cdk cdk, Infra infra, Surroundings surroundings, Steps steps, Wish wish) {
        this.owner = owner;
        this.cdk = cdk;
        this.runs = new CdkRuns(cdk, surroundings.stop(), steps);
        this.infra = infra;
        this.surroundings = surroundings;
        this.steps = steps;
        this.wish = wish;
    }

    /// What a deployment would bring.
    ///
    /// @param resources of the template
    /// @param cost empty: it could not be reckoned
    public record Plan(int resources, Optional<Infra.Cost> cost) {
        public Json json() {
            return Json.object()
                    .put("resources", resources)
                    .put("idleUsd", Json.orNull(cost.map(Infra.Cost::usd).orElse(null)))
                    .put(
                            "idleUsdAfterFree",
                            Json.orNull(cost.map(Infra.Cost::afterFreeUsd).orElse(null)))
                    .build();
        }
    }

    /// Shows what would change, and changes nothing.
    public Plan diff() {
        Path assembly = assembly();
        try {
            new Readiness(owner, cdk, steps, wish.context()).check();
            return plan(assembly);
        } finally {
            delete(assembly);
        }
    }

    /// All of it, up to a stack that stands; asks before anything is changed.
    public void deploy() {
        Path assembly = assembly();
        try {
            new Readiness(owner, cdk, steps, wish.context()).check();
            bootstrap();
            Plan plan = plan(assembly);
            confirm("Deploy this to account " + owner.identity().account() + "?");
            apply(assembly, plan.resources());
        } finally {
            delete(assembly);
        }
    }

    private void bootstrap() {
        if (owner.stacks().stack(BOOTSTRAP).filter(Stack::isWhole).isPresent()) {
            steps.done("the account is prepared for the CDK");
            return;
        }
        String target = "aws://" + owner.identity().account() + "/" + owner.region();
        steps.line("The CDK was never used in this account and region. It needs a stack " + BOOTSTRAP
                + " of its own: a bucket for what it uploads, and roles to deploy with.");
        confirm("Make it now (cdk bootstrap " + target + ")?");
        runs.run("preparing the account for the CDK", List.of("bootstrap", target), () -> {});
        steps.done("the account is prepared for the CDK");
    }

    private Plan plan(Path assembly) {
        List<String> synth = new ArrayList<>(List.of("synth", owner.stackName(), "--quiet", "--output"));
        synth.add(assembly.toString());
        synth.addAll(List.of("--context", "sluice:stack=" + owner.stackName()));
        wish.context().forEach(pair -> synth.addAll(List.of("--context", pair)));
        runs.run("building what is deployed, and its template", synth, () -> {});
        Path template = assembly.resolve(owner.stackName() + ".template.json");
        int resources = resources(template);
        steps.done("template with " + resources + " resources");
        steps.line("");
        runs.run("", List.of("diff", owner.stackName(), "--app", assembly.toString()), steps::line, () -> {});
        Optional<Infra.Cost> cost = infra.cost(template, owner.variables());
        tell(cost);
        return new Plan(resources, cost);
    }

    private void tell(Optional<Infra.Cost> known) {
        known.ifPresentOrElse(
                cost -> steps.line("A month in which nobody calls costs " + cost.usd() + " USD (" + cost.afterFreeUsd()
                        + " after what every account has free): " + String.join(", ", cost.lines())),
                () -> steps.line("What an idle month costs could not be reckoned; docs/deploy.md has a table."));
    }

    private static int resources(Path template) {
        try {
            Json.Obj json =
                    JsonText.parse(Files.readAllBytes(template)) instanceof JsonText.Parsed.Value(Json.Obj object)
                            ? object
                            : Json.Obj.EMPTY;
            Json.Obj resources = json.object("Resources");
            return resources == null ? 0 : resources.fields().size();
        } catch (IOException none) {
            throw CommandFailure.failed("the CDK has written no template " + template.getFileName());
        }
    }

    private void apply(Path assembly, int resources) {
        boolean isNew = owner.stacks().stack(owner.stackName()).isEmpty();
        Watch watch = new Watch(owner.stacks(), owner.stackName(), isNew ? resources : 0, surroundings.time(), steps);
        List<String> deploy = List.of(
                "deploy",
                owner.stackName(),
                "--app",
                assembly.toString(),
                "--require-approval",
                "never",
                "--progress",
                "events");
        try {
            runs.run("deploying", deploy, watch::look);
        } catch (CommandFailure failed) {
            throw watch.failure()
                    .map(event -> CommandFailure.failed("the deployment failed after " + watch.elapsed() + ": "
                            + event.logicalId() + " (" + event.type() + "): " + event.reason()
                            + ". CloudFormation takes back what it has done; sluice status shows when it is over"))
                    .orElse(failed);
        }
        Stacks.Stack stack = owner.stacks()
                .stack(owner.stackName())
                .orElseThrow(
                        () -> CommandFailure.failed("the CDK is done, and there is no stack " + owner.stackName()));
        steps.done("stack " + stack.name() + " is " + stack.status() + ", after " + watch.elapsed());
    }

    private void confirm(String question) {
        if (wish.yes()) {
            return;
        }
        String typed = surroundings
                .prompt()
                .orElseThrow(() -> CommandFailure.usage(
                        "nothing was changed: without a terminal nobody can be asked, so give --yes"))
                .line(question + " (yes or no) ");
        if (typed == null
                || !typed.strip().equalsIgnoreCase("yes") && !typed.strip().equalsIgnoreCase("y")) {
            throw CommandFailure.failed("nothing was changed");
        }
    }

    private static Path assembly() {
        try {
            return Files.createTempDirectory("sluice-deploy");
        } catch (IOException notPossible) {
            throw CommandFailure.failed("no temporary folder could be made: " + notPossible.getMessage());
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            // a temporary folder without secrets
        }
    }
}

package dev.sluice.cli.deploy;

import dev.sluice.aws.owner.Identity;
import dev.sluice.aws.owner.Leftovers;
import dev.sluice.aws.owner.Owner;
import dev.sluice.aws.owner.Stacks.Resource;
import dev.sluice.aws.owner.Stacks.Stack;
import dev.sluice.cli.CommandFailure;
import java.util.List;
import java.util.Optional;

/// Whether a deployment can begin: the tools, the account, and what is there under the stack's name.
///
/// Every refusal ends the command with what to do; nothing is changed here.
final class Readiness {
    private final Owner owner;
    private final Cdk cdk;
    private final Steps steps;
    private final List<String> context;

    /// @param context for the CDK app, `key=value`
    Readiness(Owner owner, Cdk cdk, Steps steps, List<String> context) {
        this.owner = owner;
        this.cdk = cdk;
        this.steps = steps;
        this.context = context;
    }

    /// Ends the command where anything is in the way.
    void check() {
        context.forEach(Readiness::checkContext);
        steps.done(cdk.tools());
        Identity identity = owner.identity();
        steps.done("AWS account " + identity.account() + ", as " + identity.arn());
        steps.done("region " + owner.region());
        Optional<Stack> stack = owner.stacks().stack(owner.stackName());
        stack.ifPresentOrElse(this::checkState, this::checkNames);
        steps.done("stack " + owner.stackName()
                + (stack.isPresent() ? " is " + stack.get().status() : " does not exist yet"));
    }

    private static void checkContext(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw CommandFailure.usage("--context is key=value, such as sluice:memoryMb=2048, not " + pair);
        }
        if (pair.startsWith("sluice:stack=")) {
            throw CommandFailure.usage("the stack's name is given with --stack");
        }
    }

    /// A stack that was destroyed has left its secrets; their names can be given only once.
    private void checkNames() {
        List<Owner.LeftSecret> left = owner.leftSecrets();
        if (left.isEmpty()) {
            return;
        }
        steps.line(
                "An earlier stack " + owner.stackName() + " has left secrets, and a new one cannot take their names:");
        for (Owner.LeftSecret secret : left) {
            steps.going(
                    secret.name() + (secret.deleted() ? ", which is being deleted and has its name until then" : ""));
            steps.going("    aws secretsmanager delete-secret --force-delete-without-recovery --secret-id "
                    + secret.name());
        }
        throw CommandFailure.failed("nothing was begun, because of the secrets above ("
                + left.getFirst().name()
                + " for one). Delete them for good with the commands above; or keep what is in them: "
                + (left.stream().anyMatch(Owner.LeftSecret::deleted)
                        ? "take the deletion back (aws secretsmanager restore-secret --secret-id NAME), then "
                        : "")
                + "take them into the new stack with cdk import (docs/deploy.md), or name the stack otherwise with"
                + " --stack");
    }

    private void checkState(Stack stack) {
        if (stack.isBusy()) {
            throw CommandFailure.failed("the stack " + stack.name() + " is " + stack.status()
                    + ": something is under way already. sluice status shows when it is over; then try again");
        }
        if (stack.status().equals("UPDATE_ROLLBACK_FAILED")) {
            throw CommandFailure.failed("the stack " + stack.name()
                    + " is UPDATE_ROLLBACK_FAILED: a change could not be"
                    + " taken back. First: aws cloudformation continue-update-rollback --stack-name " + stack.name());
        }
        if (stack.status().equals("DELETE_FAILED")) {
            throw CommandFailure.failed(
                    "the stack " + stack.name() + " is DELETE_FAILED: sluice status shows what could"
                            + " not be removed. Finish with sluice destroy, then deploy");
        }
        if (stack.status().equals("ROLLBACK_FAILED")) {
            throw unfinished(stack);
        }
        if (stack.status().equals("ROLLBACK_COMPLETE")) {
            steps.done(
                    "the first deployment failed and was taken back: the CDK removes what is left of the stack first");
            checkNames();
        }
    }

    /// The first deployment failed, and something of it could not be removed: a table under protection, as a rule.
    private CommandFailure unfinished(Stack stack) {
        List<Resource> left = owner.stacks().resources(stack.name()).stream()
                .filter(resource -> !resource.status().equals("DELETE_COMPLETE"))
                .toList();
        steps.line("The first deployment of " + stack.name() + " failed and could not be taken back. Still there:");
        left.forEach(resource -> steps.going(resource.logicalId() + "  " + resource.type() + "  "
                + resource.physicalId() + "  " + resource.status()));
        List<Resource> kept = left.stream().filter(Leftovers::isKept).toList();
        if (!kept.isEmpty()) {
            steps.line("Nothing has used it yet, so nothing is lost with it. First:");
            kept.forEach(resource -> steps.going(Leftovers.remedy(resource)));
        }
        return CommandFailure.failed(
                "the stack " + stack.name() + " is ROLLBACK_FAILED, and such a one cannot be changed."
                        + (kept.isEmpty() ? " Remove it" : " Run the commands above, then remove it")
                        + " with sluice destroy --stack " + stack.name() + ", and deploy again");
    }
}

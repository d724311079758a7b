package dev.sluice.cli.deploy;

import dev.sluice.aws.owner.Leftovers;
import dev.sluice.aws.owner.Owner;
import dev.sluice.aws.owner.OwnerFailure;
import dev.sluice.aws.owner.Stacks;
import dev.sluice.aws.owner.Stacks.Resource;
import dev.sluice.aws.owner.Stacks.Stack;
import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Takes the stack away; what holds data stays unless its owner says otherwise.
public final class Removal {
    private static final Duration PAUSE = Duration.ofSeconds(3);
    /// A distribution of CloudFront takes its time.
    private static final int LOOKS = 1200;

    private final Owner owner;
    private final Surroundings surroundings;
    private final Steps steps;

    /// @param yes nothing is asked
    /// @param deleteData table, secrets and logs go too, for good
    /// @param dryRun only shows what would go and what would stay
    public record Wish(boolean yes, boolean deleteData, boolean dryRun) {}

    public Removal(Owner owner, Surroundings surroundings, Steps steps) {
        this.owner = owner;
        this.surroundings = surroundings;
        this.steps = steps;
    }

    public void remove(Wish wish) {
        steps.done("AWS account " + owner.identity().account() + ", as "
                + owner.identity().arn());
        Stack stack = owner.stacks()
                .stack(owner.stackName())
                .orElseThrow(() -> CommandFailure.failed("there is no stack " + owner.stackName() + " in "
                        + owner.region() + " of account " + owner.identity().account() + ": nothing was removed"));
        if (stack.isBusy()) {
            throw CommandFailure.failed("the stack " + stack.name() + " is " + stack.status()
                    + ": something is under way already. sluice status shows when it is over; then try again");
        }
        List<Resource> resources = owner.stacks().resources(stack.name());
        List<Resource> kept = resources.stream().filter(Leftovers::isKept).toList();
        steps.line("The stack " + stack.name() + " in " + owner.region() + " has " + resources.size()
                + " resources. Of them hold data:");
        kept.forEach(resource -> steps.going(resource.type() + "  " + resource.physicalId()));
        steps.line(wish.deleteData() ? "All of it goes, for good." : "These stay; everything else goes.");
        if (wish.dryRun()) {
            steps.line("Nothing was changed.");
            return;
        }
        confirm(wish, stack.name());
        delete(stack, resources.size());
        if (wish.deleteData()) {
            deleteData(kept);
        } else {
            tell(kept);
        }
    }

    private void confirm(Wish wish, String name) {
        if (wish.yes()) {
            return;
        }
        String typed = surroundings
                .prompt()
                .orElseThrow(() -> CommandFailure.usage(
                        "nothing was removed: without a terminal nobody can be asked, so give --yes"))
                .line("Type the stack's name to remove it: ");
        if (typed == null || !typed.strip().equals(name)) {
            throw CommandFailure.failed("that is not the stack's name: nothing was removed");
        }
    }

    private void delete(Stack stack, int resources) {
        Watch watch = new Watch(owner.stacks(), stack.id(), resources, surroundings.time(), steps);
        owner.stacks().delete(stack.name());
        steps.going("removing...");
        for (int look = 0; look < LOOKS; look++) {
            watch.look();
            Optional<Stack> now = owner.stacks().stack(stack.name());
            if (now.isEmpty() || now.get().status().equals("DELETE_COMPLETE")) {
                steps.done("the stack " + stack.name() + " is gone, after " + watch.elapsed());
                return;
            }
            if (now.get().status().equals("DELETE_FAILED")) {
                throw CommandFailure.failed(watch.failure()
                                .map(Stacks.Event::reason)
                                .map(reason -> "the stack could not be removed: " + reason)
                                .orElse("the stack could not be removed")
                        + ". sluice status shows what is left; sluice destroy tries it again");
            }
            pause();
        }
        throw CommandFailure.failed(
                "the stack is still being removed; CloudFormation goes on by itself, sluice status" + " shows it");
    }

    private void pause() {
        try {
            surroundings.time().sleep(PAUSE);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("stopped; CloudFormation goes on by itself, sluice status shows it");
        }
    }

    private void deleteData(List<Resource> kept) {
        int left = 0;
        for (Resource resource : kept) {
            try {
                owner.leftovers().delete(resource);
                steps.done("deleted " + resource.physicalId());
            } catch (OwnerFailure failed) {
                left++;
                steps.failed(resource.physicalId() + ": " + failed.text());
                steps.going("by hand: " + Leftovers.remedy(resource));
            }
        }
        if (left > 0) {
            throw CommandFailure.failed(
                    "not all data could be deleted (" + left + " left); how to do it by hand is above");
        }
    }

    private void tell(List<Resource> kept) {
        if (kept.isEmpty()) {
            return;
        }
        steps.line(
                "Kept, with its data; a new stack of the same name finds its secrets' names taken until they are gone:");
        kept.forEach(resource -> steps.going(Leftovers.remedy(resource)));
    }
}

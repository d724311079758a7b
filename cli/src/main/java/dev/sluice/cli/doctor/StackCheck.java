package dev.sluice.cli.doctor;

import dev.sluice.aws.owner.Owner;
import dev.sluice.aws.owner.OwnerSettings;
import dev.sluice.cli.BuiltVersion;
import dev.sluice.cli.deploy.Standing;
import java.util.Optional;

/// The deployed stack, as `sluice status` sees it.
final class StackCheck implements AreaCheck {
    private final Premises premises;

    StackCheck(Premises premises) {
        this.premises = premises;
    }

    @Override
    public Area area() {
        return Area.STACK;
    }

    @Override
    public void look(Notes notes) {
        Optional<OwnerSettings> stack = premises.stack();
        if (stack.isEmpty()) {
            notes.ok("stack", "none is meant (--stack, --region or --profile names one)");
            return;
        }
        try (Owner owner = Owner.open(stack.get(), _ -> {})) {
            Standing standing = Standing.of(owner, premises.surroundings().time(), BuiltVersion.text());
            standing.facts().forEach(fact -> fact(fact, notes));
        }
    }

    private static void fact(Standing.Fact fact, Notes notes) {
        String sentence = fact.name() + ": " + fact.value();
        boolean isOther = fact.name().equals("version") && !fact.value().endsWith("as this one");
        boolean isUnknown = fact.value().startsWith("not known: ");
        if (isOther) {
            notes.say(Ailment.STACK_OF_OTHER_VERSION, sentence);
        } else if (fact.name().equals("error") || fact.name().equals("failed")) {
            notes.say(Ailment.STACK_ERRORS, sentence);
        } else if (fact.isWell() && !isUnknown) {
            notes.ok(fact.name(), sentence);
        } else {
            notes.say(
                    switch (fact.name()) {
                        case "function" -> Ailment.FUNCTION_NOT_READY;
                        case "rotation" -> Ailment.ROTATION_NOT_DONE;
                        case "health" -> Ailment.STACK_SILENT;
                        case "errors" -> Ailment.STACK_ERRORS;
                        default -> Ailment.STACK_NOT_WHOLE;
                    },
                    sentence);
        }
    }
}

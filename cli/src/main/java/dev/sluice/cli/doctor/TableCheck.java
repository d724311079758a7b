package dev.sluice.cli.doctor;

import dev.sluice.aws.dynamodb.DynamoTable;
import dev.sluice.aws.owner.Owner;
import dev.sluice.aws.owner.OwnerSettings;
import dev.sluice.cli.store.StoreChoice;
import dev.sluice.cli.store.TableLook;
import java.util.Optional;

/// The table of a deployed stack, or the one that was named.
final class TableCheck implements AreaCheck {
    private final Premises premises;
    private final Optional<StoreChoice.DynamoDb> choice;

    /// @param choice empty: only that of the stack, if it is about one
    TableCheck(Premises premises, Optional<StoreChoice.DynamoDb> choice) {
        this.premises = premises;
        this.choice = choice;
    }

    @Override
    public Area area() {
        return Area.TABLE;
    }

    @Override
    public void look(Notes notes) {
        Optional<OwnerSettings> stack = premises.stack();
        if (stack.isPresent()) {
            try (Owner owner = Owner.open(stack.get(), _ -> {})) {
                String table = owner.deployment().table();
                told(
                        table,
                        TableLook.of(
                                table + " of the stack " + owner.stackName(),
                                owner.store().table(),
                                premises.surroundings().time()),
                        notes);
            }
        } else if (choice.isPresent()) {
            told(choice.get().table(), TableLook.of(choice.get(), premises.surroundings()), notes);
        } else {
            notes.ok(
                    "table",
                    "none: everything is in the data folder (for start --store dynamodb, say --store dynamodb)");
        }
    }

    private static void told(String table, TableLook look, Notes notes) {
        String shown = "the table " + look.shown();
        switch (look.state()) {
            case DynamoTable.State.Present _ -> {
                notes.ok("table", shown + " is there", look.took());
                if (!look.expires().orElse(true)) {
                    notes.say(
                            Ailment.TABLE_KEEPS_ALL,
                            shown + " keeps what has expired: time to live is off",
                            "table",
                            table);
                }
            }
            case DynamoTable.State.Absent _ ->
                notes.say(Ailment.TABLE_ABSENT, "there is no " + shown.substring(4), "table", table);
            case DynamoTable.State.Unusable(String why) ->
                notes.say(Ailment.TABLE_NOT_USABLE, shown + " cannot be used: " + why, "table", table);
            case DynamoTable.State.Silent(String why) ->
                notes.say(Ailment.TABLE_SILENT, shown + " does not answer: " + why, "table", table);
        }
    }
}

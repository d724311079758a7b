package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.key.Expiry;
import dev.sluice.cli.key.KeyName;
import dev.sluice.cli.key.LimitSpec;
import dev.sluice.core.access.KeyRecord;
import dev.sluice.core.config.RateLimitConfig;
import dev.sluice.model.Json;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Make a key for one tool or person, and show it this once.")
final class KeyCreate implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "NAME", description = "What the key is called in lists and logs; no two have one name.")
    private String name = "";

    @Option(
            names = "--models",
            paramLabel = "A,B",
            split = ",",
            description = "Only these models, aliases and provider/* (default: all).")
    private List<String> models = List.of();

    @Option(
            names = "--limit",
            paramLabel = "SPEC",
            description = "At most so much, such as requests=1000/day, tokens=2M/month or usd=5/2w; may be repeated.")
    private List<String> limits = List.of();

    @Option(
            names = "--expires",
            paramLabel = "WHEN",
            description = "The last day (2027-01-31), a moment, or a span from now (30d); default: never.")
    private @Nullable String expires;

    @Option(names = "--dry-run", description = "Check everything, and make no key.")
    private boolean dryRun;

    KeyCreate(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        KeyName.problem(name).ifPresent(problem -> {
            throw CommandFailure.usage(problem);
        });
        Secrets.refuseAsName(name);
        Instant now = context.surroundings().time().now();
        Instant end = expires == null ? null : Expiry.parse(expires, now);
        List<RateLimitConfig> own = LimitSpec.parse(limits);
        try (Holdings holdings = context.holdings()) {
            NewKey made = NewKey.of(
                    new NewKey.Wish(name, now, end, NewKey.allowed(models, holdings), own),
                    holdings,
                    context.surroundings().random());
            context.settle();
            keep(holdings, made.record());
            show(made.record(), made.secret(), now);
            return Exit.OK.code();
        }
    }

    private void keep(Holdings holdings, KeyRecord record) {
        boolean isFree = dryRun
                ? holdings.keys().list().stream().noneMatch(key -> key.name().equals(name))
                : holdings.keys().create(record);
        if (!isFree) {
            throw CommandFailure.usage("there is a key " + name
                    + " already (sluice key list), and names are not used twice, so that the books stay readable");
        }
    }

    private void show(KeyRecord record, String key, Instant now) {
        Report report = context.report();
        record.limits().stream()
                .filter(limit -> limit.usd() != null)
                .findFirst()
                .ifPresent(_ ->
                        report.note("sluice: not yet in force: what calls cost is counted, but a cap in dollars holds"
                                + " nothing back in this version"));
        if (context.common().json()) {
            Json.Builder answer = KeyText.json(record, now).put("result", dryRun ? "dry-run" : "created");
            report.json(dryRun ? answer.build() : answer.put("key", key).build());
            return;
        }
        report.line(dryRun ? "would create " + name + "; nothing was changed" : name + " is created");
        if (!dryRun) {
            report.line("key      " + key + "  (shown this once, keep it)");
        }
        report.line("models   " + KeyText.models(record));
        report.line("limits   " + KeyText.limits(record));
        report.line("expires  " + KeyText.expires(record));
    }
}

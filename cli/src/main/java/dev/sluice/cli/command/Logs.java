package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.core.metering.CallLogJson;
import dev.sluice.core.ports.CallBook;
import dev.sluice.core.ports.CallLog;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        description =
                "Show the calls that were made: who, with which tool, for which model, where it went, how it ended,"
                        + " what it used and cost. Never what was asked or answered.")
final class Logs implements Callable<Integer> {
    private static final int MOST = 10_000;

    private final Context context;

    @Parameters(
            paramLabel = "ID",
            arity = "0..1",
            description =
                    "One call in all that is kept of it: its id, as the answer's header x-sluice-request-id has it,"
                            + " or the first 8 letters of it and more.")
    private @Nullable String id;

    @Option(names = "--follow", description = "Show the last calls, then each new one as it ends, until Ctrl-C.")
    private boolean follow;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description =
                    "Only calls that ended since then: a span back from now (90m, 1h, 7d), a day (2026-11-21) or a"
                            + " moment (2026-11-21T08:00 in local time, 2026-11-21T08:00:00Z).")
    private @Nullable String since;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "At most so many, the newest ones (1 to 10000; default: ${DEFAULT-VALUE}).")
    private int limit;

    @Mixin
    private final CallFilter filter = new CallFilter();

    Logs(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        filter.check();
        if (limit < 1 || limit > MOST) {
            throw CommandFailure.usage("--limit is a number from 1 to " + MOST + ", not " + limit);
        }
        Surroundings surroundings = context.surroundings();
        ZoneId zone = ZoneId.systemDefault();
        Instant now = surroundings.time().now();
        Instant from = since == null ? now.minus(CallBook.KEPT) : Since.parse(since, now, zone);
        String one = id;
        if (one != null && (follow || since != null || !filter.isAny())) {
            throw CommandFailure.usage("an ID shows one call: leave the options that choose calls out");
        }
        String sought = one == null ? "" : CallIdText.checked(one);
        try (Holdings holdings = context.holdings()) {
            if (one != null) {
                show(CallIdText.find(holdings.calls(), sought, now), zone);
            } else {
                list(holdings, from, now, zone);
            }
        }
        return Exit.OK.code();
    }

    private void show(CallLog.Entry entry, ZoneId zone) {
        if (context.common().json()) {
            context.report().json(CallLogJson.encode(entry));
        } else {
            context.report().text(CallText.of(entry, zone, Paint.of(context.surroundings())));
        }
    }

    private void list(Holdings holdings, Instant from, Instant now, ZoneId zone) {
        if (follow && holdings.url().isEmpty()) {
            throw CommandFailure.failed("no gateway runs here that could be followed: sluice start runs one; without"
                    + " --follow the calls that were are shown");
        }
        Surroundings surroundings = context.surroundings();
        int width = follow || !context.common().json() ? Width.of(surroundings) : 0;
        CallColumns columns = new CallColumns(width, zone, now, Paint.of(surroundings));
        CallFollower follower = new CallFollower(holdings.calls(), surroundings, entry -> {
            if (filter.test(entry)) {
                tell(entry, columns);
            }
        });
        if (follow) {
            follower.begin();
        }
        List<CallLog.Entry> calls = CallPages.newest(holdings.calls(), from, now, limit, filter);
        if (!context.common().json() && (follow || !calls.isEmpty())) {
            context.report().line(columns.head(calls));
        }
        calls.forEach(entry -> tell(entry, columns));
        if (follow) {
            follower.know(calls);
            surroundings.out().flush();
            follower.follow();
        } else if (calls.isEmpty() && !context.common().json()) {
            context.report().line(none(holdings));
        }
    }

    private void tell(CallLog.Entry entry, CallColumns columns) {
        if (context.common().json()) {
            context.report().json(CallLogJson.encode(entry));
        } else {
            context.report().line(columns.row(entry));
        }
    }

    private String none(Holdings holdings) {
        if (since != null || !filter.isAny()) {
            return "no call of the last " + CallBook.KEPT.toDays() + " days is like that: sluice logs shows them all";
        }
        String first = holdings.url()
                .map(url -> "curl -s " + url + "/v1/chat/completions -H 'content-type: application/json'"
                        + " -H \"authorization: Bearer YOUR-KEY\""
                        + " -d '{\"messages\": [{\"role\": \"user\", \"content\": \"hello\"}]}'")
                .orElse("sluice start runs the gateway, and says how to call it");
        return "no call was made in the last " + CallBook.KEPT.toDays() + " days. To make a first one: " + first
                + "; or set up your coding tool: sluice tool list";
    }
}

package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.doctor.Premises;
import dev.sluice.cli.tool.Draft;
import dev.sluice.cli.tool.ModelChoice;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolState;
import dev.sluice.cli.tool.Wish;
import dev.sluice.cli.tool.gate.Gate;
import dev.sluice.cli.tool.known.Tools;
import dev.sluice.core.ports.PortFailure;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Every coding tool for a brief: its files, whether it is set up, and whether a request like its own would pass now.
final class ToolBriefs {
    private static final String MODEL = "smart";

    private final Premises premises;
    private final boolean gates;
    private final Duration patience;
    private final Map<Dialect, String> refusals = new EnumMap<>(Dialect.class);

    /// @param gates whether the gateway is asked, one small completion for each dialect
    ToolBriefs(Premises premises, boolean gates, Duration patience) {
        this.premises = premises;
        this.gates = gates;
        this.patience = patience;
    }

    List<Json.Obj> all() {
        Place place = Place.of(premises.surroundings(), false);
        Optional<String> url = url();
        Optional<String> key = premises.given().key();
        if (gates && url.isPresent() && key.isPresent()) {
            ask(url.get(), key.get());
        }
        return Tools.all().stream()
                .map(tool -> brief(tool, place, url, key.isPresent()))
                .toList();
    }

    private Optional<String> url() {
        try {
            return premises.url();
        } catch (CommandFailure | PortFailure notKnown) {
            return Optional.empty();
        }
    }

    /// All dialects at a time; an empty sentence: it passed.
    private void ask(String url, String key) {
        Map<Dialect, CompletableFuture<Gate.Verdict>> asked = new EnumMap<>(Dialect.class);
        Tools.all().stream()
                .map(tool -> tool.facts().dialect())
                .distinct()
                .forEach(dialect -> asked.put(
                        dialect,
                        CompletableFuture.supplyAsync(
                                () -> new Gate(url, key).ask(dialect, MODEL),
                                task -> Thread.ofVirtual().start(task))));
        asked.forEach((dialect, verdict) -> refusals.put(dialect, words(verdict)));
    }

    private String words(CompletableFuture<Gate.Verdict> verdict) {
        try {
            return switch (verdict.get(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                case Gate.Verdict.Passed _ -> "";
                case Gate.Verdict.Refused(String why) -> why;
            };
        } catch (TimeoutException late) {
            return "no answer within " + patience.toSeconds() + " s";
        } catch (ExecutionException failed) {
            return "it could not be asked";
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return "it could not be asked";
        }
    }

    private Json.Obj brief(Tool tool, Place place, Optional<String> url, boolean hasKey) {
        Wish wish = new Wish(
                url.orElse("http://127.0.0.1:8787"),
                "KEY",
                ModelChoice.unknown(MODEL),
                Map.of(),
                premises.surroundings().time().now());
        List<Draft> drafts = tool.drafts(place, wish);
        boolean isOwn = !hasKey && !drafts.isEmpty() && premises.given().url().isEmpty();
        Gated gated = isOwn && url.isPresent() ? own(tool) : gated(tool, url, hasKey);
        return Json.object()
                .put("name", tool.name())
                .put("title", tool.facts().title())
                .put("dialect", tool.facts().dialect().id())
                .put("state", state(tool, place))
                .put("files", Json.strings(files(drafts, place)))
                .put("winningVariables", Json.strings(tool.facts().winning()))
                .put("byHand", Json.strings(tool.steps(place, wish)))
                .put("project", tool.facts().userOnly().isEmpty())
                .put("start", tool.start(place))
                .put("proven", tool.facts().proof().words())
                .put("gate", gated.verdict())
                .putIf("reason", gated.reason().isEmpty() ? null : gated.reason())
                .put("next", gated.next())
                .build();
    }

    private static List<String> files(List<Draft> drafts, Place place) {
        String home = place.home().toString();
        return drafts.stream()
                .map(Draft::file)
                .map(file -> file.startsWith(home) ? "~" + file.toString().substring(home.length()) : file.toString())
                .toList();
    }

    private static String state(Tool tool, Place place) {
        try {
            return ToolState.of(tool, place).words();
        } catch (CommandFailure damaged) {
            return "not known: its record is damaged";
        }
    }

    private record Gated(String verdict, String reason, String next) {}

    /// Where no key is given, setup makes one at the gateway whose key book is reached here.
    private static Gated own(Tool tool) {
        return new Gated(
                "not asked",
                "setup makes a key for the tool, and asks with it",
                "sluice tool setup " + tool.name() + " --print");
    }

    private Gated gated(Tool tool, Optional<String> url, boolean hasKey) {
        if (url.isEmpty()) {
            return new Gated("blocked", "no gateway runs here, and none is named by SLUICE_URL", "sluice start");
        }
        if (!hasKey) {
            return new Gated(
                    "blocked",
                    "no key in SLUICE_MASTER_KEY or SLUICE_KEY: the owner sets it in your environment",
                    "sluice key create " + tool.name() + " --dry-run");
        }
        String refusal = refusals.get(tool.facts().dialect());
        String setup = "sluice tool setup " + tool.name() + " --print";
        if (refusal == null) {
            return new Gated("not asked", "", setup);
        }
        return refusal.isEmpty()
                ? new Gated("ready", "", setup)
                : new Gated("blocked", refusal, "sluice doctor --only gateway,providers");
    }
}

package dev.sluice.cli.command;

import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.provider.Preset;
import dev.sluice.cli.provider.Presets;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Json;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "presets",
        mixinStandardHelpOptions = true,
        description = "List the providers that Sluice knows the addresses of; with a name, all that is known of one.")
final class ProviderPresets implements Callable<Integer> {
    private final Context context;

    @Parameters(paramLabel = "PRESET", arity = "0..1", description = "A name of the list.")
    private @Nullable String id;

    ProviderPresets(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Presets presets = Presets.read();
        String wanted = id;
        if (wanted == null) {
            list(presets);
        } else {
            describe(presets.of(wanted)
                    .orElseThrow(
                            () -> WorkingCopy.unknown("preset", wanted, presets.ids(), "sluice provider presets")));
        }
        return Exit.OK.code();
    }

    private void list(Presets presets) {
        if (context.common().json()) {
            context.report()
                    .json(Json.object()
                            .put(
                                    "presets",
                                    Json.array(presets.all().stream()
                                            .map(ProviderPresets::json)
                                            .toList()))
                            .build());
            return;
        }
        context.report()
                .table(
                        List.of("PRESET", "PROVIDER", "DIALECTS", "WANTS"),
                        presets.all().stream().map(ProviderPresets::row).toList());
    }

    private static List<String> row(Preset preset) {
        return List.of(
                preset.id(),
                preset.name(),
                String.join(
                        " ",
                        preset.endpoints().keySet().stream()
                                .map(dialect -> dialect.id())
                                .toList()),
                wants(preset));
    }

    private static String wants(Preset preset) {
        String secret = preset.credential() == null
                ? "nothing"
                : "a secret (" + preset.credential().variable() + ")";
        return preset.variables().isEmpty()
                ? secret
                : secret + ", --set "
                        + String.join(", --set ", preset.variables().keySet());
    }

    private void describe(Preset preset) {
        if (context.common().json()) {
            context.report().json(json(preset));
            return;
        }
        Report report = context.report();
        report.line(preset.name());
        preset.endpoints().forEach((dialect, url) -> report.line("  " + dialect.id() + "  " + url));
        preset.variables().forEach((name, what) -> report.line("  --set " + name + "=...  " + what));
        Preset.Secret credential = preset.credential();
        report.line(
                credential == null
                        ? "  wants no secret"
                        : "  secret  from " + credential.where() + "; its users keep it in " + credential.variable());
        preset.notes().forEach(note -> report.line("  " + note));
        preset.documents().forEach(document -> report.line("  document  " + document));
        report.line("  looked up on " + preset.checked()
                + (preset.tested() ? ", and tried" : ", not tried with a real account"));
        report.line("add it: sluice provider add " + preset.id());
    }

    private static Json.Obj json(Preset preset) {
        Json.Builder endpoints = Json.object();
        preset.endpoints().forEach((dialect, url) -> endpoints.put(dialect.id(), url));
        Json.Builder variables = Json.object();
        preset.variables().forEach(variables::put);
        Preset.Secret credential = preset.credential();
        return Json.object()
                .put("id", preset.id())
                .put("name", preset.name())
                .put("endpoints", endpoints.build())
                .put("variables", variables.build())
                .putIf("auth", preset.auth())
                .putIf("credentialVariable", credential == null ? null : credential.variable())
                .putIf("credentialFrom", credential == null ? null : credential.where())
                .put("local", preset.local())
                .put("capabilities", preset.capabilities())
                .put("notes", Json.strings(preset.notes()))
                .put("documents", Json.strings(preset.documents()))
                .put("checked", preset.checked())
                .put("tested", preset.tested())
                .build();
    }
}

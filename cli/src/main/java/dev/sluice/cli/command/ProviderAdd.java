package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Meant;
import dev.sluice.cli.Prompt;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.config.Applied;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.control.SecretsAhead;
import dev.sluice.cli.provider.NewProvider;
import dev.sluice.cli.provider.Preset;
import dev.sluice.cli.provider.Presets;
import dev.sluice.cli.provider.WorkingCopy;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = {
            "Add a provider, from a preset or by its base URLs, and put it in force.",
            "A preset of the provider's name is taken by itself: sluice provider add openrouter. Its secret is asked for at a"
                    + " terminal, or read with --credential-stdin or --credential-file, and kept encrypted; it never stands in the configuration."
        })
final class ProviderAdd implements Callable<Integer> {
    private final Context context;

    @Parameters(
            paramLabel = "NAME",
            description = "Its id, the first part of provider/model: lower-case letters, digits and hyphens.")
    private String id = "";

    @Option(
            names = "--preset",
            paramLabel = "PRESET",
            description = "What is known of a provider (sluice provider presets).")
    private @Nullable String presetName;

    @Option(names = "--set", paramLabel = "VARIABLE=VALUE", description = "What the preset's URL wants to know.")
    private List<String> values = List.of();

    @Mixin
    private ProviderOptions provider = new ProviderOptions();

    @Option(
            names = "--model",
            paramLabel = "ID",
            description = "A model to be reached there, as the provider calls it; once for each. Default: any.")
    private List<String> models = List.of();

    @Option(names = "--credential-stdin", description = "Read the secret from standard input and keep it.")
    private boolean fromInput;

    @Option(
            names = "--credential-file",
            paramLabel = "FILE",
            description = "Take the secret out of this file, such as a service account's key file, and keep it.")
    private @Nullable String file;

    @Option(names = "--disabled", description = "Keep it, but route nothing to it yet.")
    private boolean disabled;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    ProviderAdd(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        Secrets.refuseAsName(id);
        Map<Dialect, String> urls = provider.urls();
        Preset preset = preset(urls.isEmpty());
        NewProvider description =
                new NewProvider(id, preset, Pairs.read(values, "--set", "VARIABLE=VALUE"), urls, models);
        Json.Obj added = provider.applied(description.json());
        boolean needsSecret = !provider.namesSecret()
                && !isOpen(added)
                && description.wantsSecret(added.isTrue("allowPrivateNetwork"));
        added = needsSecret ? added.with("credential", Json.of(id)) : added;
        added = disabled ? added.with("enabled", Json.FALSE) : added;
        HeadChange headChange = new HeadChange(context, change, "provider add " + id);
        try (Holdings holdings = context.holdings()) {
            WorkingCopy copy = WorkingCopy.of(holdings.versions().head());
            if (copy.hasProvider(id)) {
                throw CommandFailure.usage("there is a provider " + id + " already: sluice provider edit " + id);
            }
            return written(holdings, headChange, copy.withProvider(added), preset);
        }
    }

    /// Whether it was said that it wants no secret.
    private static boolean isOpen(Json.Obj provider) {
        Json.Obj auth = provider.object("auth");
        return auth != null && auth.text("type", "").equals("none");
    }

    /// Checked as a whole first: a secret is asked for and kept only when the rest is right.
    private int written(Holdings holdings, HeadChange headChange, WorkingCopy after, @Nullable Preset preset) {
        Applied plan = headChange.plan(holdings, after);
        if (!(plan instanceof Applied.Planned) || change.dryRun()) {
            return headChange.show(holdings, plan);
        }
        SecretsAhead secrets = new SecretsAhead(holdings, context.report()::note);
        Json.Obj added = after.provider(id);
        if (added.field("credential") instanceof Json.Str(String name)) {
            keepSecret(holdings, secrets, name, preset, KeyFiles.isWantedBy(added));
        } else if (fromInput || file != null) {
            throw CommandFailure.usage((fromInput ? "--credential-stdin" : "--credential-file")
                    + ": this provider names no credential; give --credential NAME");
        }
        Applied applied = secrets.write(after.version(), () -> headChange.apply(holdings, after));
        int exit = headChange.show(holdings, applied);
        if (applied instanceof Applied.Written && !context.common().json()) {
            context.report().note("try it: sluice provider test " + id);
        }
        return exit;
    }

    private void keepSecret(
            Holdings holdings, SecretsAhead secrets, String name, @Nullable Preset preset, boolean isKeyFile) {
        boolean isKept = holdings.credentials().list().stream()
                .anyMatch(entry -> entry.name().equals(name));
        Optional<Prompt> prompt = context.surroundings().prompt();
        Optional<String> given = given();
        String secret = given.orElse("");
        if (given.isEmpty() && !isKept && prompt.isPresent()) {
            String where = preset == null || preset.credential() == null
                    ? ""
                    : " (from " + preset.credential().where() + ")";
            secret = isKeyFile
                    ? KeyFiles.named(prompt.get(), "key file of " + id + where, context.surroundings())
                    : Secrets.typed(prompt.get(), "secret of " + id + where + ", not shown; nothing: later: ");
        }
        if (given.isPresent() || !secret.isEmpty()) {
            Secrets.check(name, secret);
            KeyFiles.check(isKeyFile, secret);
            context.settle();
            secrets.keep(name, secret, context.surroundings().time().now());
        }
    }

    /// On standard input, or in a file.
    private Optional<String> given() {
        if (fromInput && file != null) {
            throw CommandFailure.usage(
                    "--credential-stdin and --credential-file are two places for one secret: give one");
        }
        return fromInput
                ? Optional.of(Secrets.fromInput(context.surroundings()))
                : Optional.ofNullable(file).map(path -> Secrets.fromFile(path, context.surroundings()));
    }

    private @Nullable Preset preset(boolean isNeeded) {
        Presets presets = Presets.read();
        String wanted = presetName;
        if (wanted != null) {
            return presets.of(wanted)
                    .orElseThrow(() -> WorkingCopy.unknown("preset", wanted, presets.ids(), "sluice provider presets"));
        }
        Optional<Preset> named = isNeeded ? presets.of(id) : Optional.empty();
        if (named.isEmpty() && isNeeded) {
            throw CommandFailure.usage("there is no preset " + id
                    + Meant.of(id, presets.ids())
                            .map(near -> near + " Else give")
                            .orElse(": give")
                    + " --preset PRESET, or the base URLs with --url DIALECT=URL");
        }
        return named.orElse(null);
    }
}

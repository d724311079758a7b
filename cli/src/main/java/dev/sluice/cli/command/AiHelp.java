package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.doctor.AreaReport;
import dev.sluice.cli.doctor.Doctor;
import dev.sluice.cli.doctor.Finding;
import dev.sluice.cli.doctor.Premises;
import dev.sluice.cli.doctor.Severity;
import dev.sluice.model.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "ai-help",
        mixinStandardHelpOptions = true,
        description = {
            "Print a brief for a coding agent that sets Sluice up for its owner: how it stands now, what it can do, which"
                    + " commands are safe, which tools are ready, and what to do for each purpose.",
            "Nothing is changed, and no secret is in it. When a gateway and a key are known, one small request is sent for"
                    + " each dialect of the coding tools; --skip-gates leaves that out."
        })
final class AiHelp implements Callable<Integer> {
    private static final int MOST_SECONDS = 600;
    private static final String ABOUT =
            "Sluice is a gateway for language models that belongs to one person. Coding tools"
                    + " speak to it in their own dialect (OpenAI Chat, Responses, Anthropic, Gemini, Ollama), and it passes each"
                    + " request on to one of the owner's providers, with aliases, limits, keys and fallback in between. It runs on"
                    + " this machine (sluice start) or as a function in the owner's AWS account (sluice deploy), and the same"
                    + " commands serve both: --stack, --region or --profile mean the deployed one.";
    private static final List<String> RULES = List.of(
            "Secrets (providers' keys, the gateway's keys) come through standard input or are in the environment already:"
                    + " never in an argument, never in a file that you write, never in what you print.",
            "Never print a key. sluice key create and worker-key rotate show one once: let the owner run them, or hand the"
                    + " output to the owner unread.",
            "Try a change with --dry-run (tools: --print), show the owner the diff, then do it. deploy, destroy, key revoke"
                    + " and worker-key rotate need the owner's yes each time.",
            "Without a terminal nothing asks: what would ask ends with exit code 2 unless --yes is given.",
            "Exit codes: 0 done; 1 it did not work, something was found, or somebody else was faster; 2 it was asked for"
                    + " wrongly. A sentence on standard error says why; --debug shows where.",
            "--json gives every answer as one JSON value. --data DIR, --stack NAME, --region, --profile say which gateway is"
                    + " meant, the same for every command.",
            "Change the configuration by commands, never the files under the data folder.");

    private final Context context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--skip-gates", description = "Send no request like a coding tool's.")
    private boolean skipGates;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long each question may take (default: 10).")
    private int seconds = 10;

    @Mixin
    private GatewayOptions gateway = new GatewayOptions();

    AiHelp(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        if (seconds < 1 || seconds > MOST_SECONDS) {
            throw CommandFailure.usage("--timeout is 1 to " + MOST_SECONDS + " seconds");
        }
        try (Premises premises = gateway.premises(context)) {
            Json.Obj brief = brief(premises);
            if (context.common().json()) {
                context.report().json(brief);
            } else {
                BriefText.of(brief).forEach(context.report()::line);
            }
        }
        return Exit.OK.code();
    }

    private Json.Obj brief(Premises premises) {
        Duration patience = Duration.ofSeconds(seconds);
        Doctor.Wish wish = new Doctor.Wish(
                Set.of(),
                false,
                !skipGates,
                patience,
                patience,
                Optional.empty(),
                context.common().scope());
        List<AreaReport> reports = Doctor.look(premises, wish, _ -> {}, _ -> {});
        BriefFacts facts = new BriefFacts(premises);
        return Json.object()
                .put("about", ABOUT)
                .put("rules", Json.strings(RULES))
                .put("state", facts.state())
                .put("findings", Json.array(findings(reports)))
                .put("commands", Json.array(commands()))
                .put("tools", Json.array(new ToolBriefs(premises, !skipGates, patience).all()))
                .put("capabilities", BriefFacts.capabilities())
                .put(
                        "playbooks",
                        Json.array(Playbook.ALL.stream()
                                .map(playbook -> Json.object()
                                        .put("title", playbook.title())
                                        .put("steps", Json.strings(playbook.steps()))
                                        .build())
                                .toList()))
                .build();
    }

    /// Without what is as it should be.
    private static List<Json.Obj> findings(List<AreaReport> reports) {
        return reports.stream()
                .flatMap(report -> report.findings().stream())
                .filter(finding -> finding.severity() != Severity.OK)
                .map(Finding::json)
                .toList();
    }

    private List<Json.Obj> commands() {
        return CommandKinds.of(spec.root().commandLine()).stream()
                .map(known -> Json.object()
                        .put("command", known.line())
                        .put("kind", known.kind().id())
                        .put("what", known.what())
                        .build())
                .toList();
    }
}

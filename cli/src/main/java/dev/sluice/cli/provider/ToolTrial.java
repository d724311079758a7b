package dev.sluice.cli.provider;

import dev.sluice.cli.provider.Finding.Check;
import dev.sluice.cli.provider.Finding.Verdict;
import dev.sluice.cli.provider.TrialCall.Told;
import dev.sluice.cli.provider.TrialReport.Learnt;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Json;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.json.JsonText;

/// Whether one model calls a tool that it is offered, and how well.
final class ToolTrial {
    private final TrialCall call;
    private final Codecs codecs;
    private final TrialProgress progress;

    ToolTrial(TrialCall call, Codecs codecs, TrialProgress progress) {
        this.call = call;
        this.codecs = codecs;
        this.progress = progress;
    }

    void run(Dialect dialect, String model) {
        Target target = progress.subject().target(dialect, model).orElseThrow();
        switch (call.ask(target, codecs.upstream(dialect).orElseThrow(), TrialRequests.tool(dialect, model))) {
            case Told.Answered(Answer answer, var _, var _, var _) -> called(dialect, model, answer);
            case Told.Failed failed -> {
                boolean isRefused = failed.category() == Category.INVALID_REQUEST
                        && failed.words().contains("tool");
                if (isRefused) {
                    progress.learn(new Learnt(model, "tools", Json.FALSE));
                }
                progress.say(
                        dialect,
                        model,
                        Check.TOOL_CALL,
                        isRefused ? Verdict.NOTED : Verdict.FAILED,
                        (isRefused ? "takes no tools: " : "") + failed.words());
            }
        }
    }

    private void called(Dialect dialect, String model, Answer answer) {
        Block.ToolCall made = answer.blocks().stream()
                .filter(Block.ToolCall.class::isInstance)
                .map(Block.ToolCall.class::cast)
                .findFirst()
                .orElse(null);
        if (made == null) {
            progress.say(dialect, model, Check.TOOL_CALL, Verdict.NOTED, "it answered in words, without a call");
        } else if (!made.name().equals(TrialRequests.TOOL)) {
            progress.say(dialect, model, Check.TOOL_CALL, Verdict.FAILED, "it called a tool that was not offered");
        } else {
            boolean isObject = JsonText.objectOrNull(made.arguments()) != null;
            progress.say(
                    dialect,
                    model,
                    Check.TOOL_CALL,
                    isObject ? Verdict.OK : Verdict.FAILED,
                    isObject ? "called, with arguments" : "called, with arguments that are no JSON object");
        }
    }
}

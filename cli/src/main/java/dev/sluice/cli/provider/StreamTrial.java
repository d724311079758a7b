package dev.sluice.cli.provider;

import dev.sluice.cli.provider.Finding.Check;
import dev.sluice.cli.provider.Finding.Verdict;
import dev.sluice.cli.provider.TrialCall.Told;
import dev.sluice.cli.provider.TrialReport.Learnt;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Json;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.json.JsonText;
import org.jspecify.annotations.Nullable;

/// A streamed answer of one model, asked for in the ways that are known until the provider takes one.
final class StreamTrial {
    private final TrialCall call;
    private final Codecs codecs;
    private final TrialProgress progress;

    StreamTrial(TrialCall call, Codecs codecs, TrialProgress progress) {
        this.call = call;
        this.codecs = codecs;
        this.progress = progress;
    }

    /// One streamed answer; what the provider will not have is asked for in the other way that is known.
    Told ask(Dialect dialect, String model) {
        Told told = once(dialect, model);
        for (Learnt otherwise = otherwise(dialect, model, told);
                otherwise != null;
                otherwise = otherwise(dialect, model, told)) {
            TrialSubject before = progress.subject();
            progress.ask(before.with(otherwise));
            Told again = once(dialect, model);
            if (again instanceof Told.Failed failed
                    && failed.category() == Category.INVALID_REQUEST
                    && isSame(told, failed)) {
                progress.ask(before);
                return told;
            }
            progress.learn(otherwise);
            progress.say(
                    dialect,
                    model,
                    Check.STREAM,
                    Verdict.NOTED,
                    "wants " + otherwise.capability() + " = " + JsonText.print(otherwise.value()));
            told = again;
        }
        return told;
    }

    private static boolean isSame(Told told, Told.Failed again) {
        return told instanceof Told.Failed before
                && before.failure().message().equals(again.failure().message());
    }

    private Told once(Dialect dialect, String model) {
        return call.ask(
                progress.subject().target(dialect, model).orElseThrow(),
                codecs.upstream(dialect).orElseThrow(),
                TrialRequests.words(dialect, model));
    }

    /// What to try next after that refusal; null: nothing is known that would help.
    private @Nullable Learnt otherwise(Dialect dialect, String model, Told told) {
        if (dialect != Dialect.OPENAI_CHAT
                || !(told instanceof Told.Failed failed)
                || failed.category() != Category.INVALID_REQUEST) {
            return null;
        }
        String words = failed.words();
        if (words.contains("stream_options") && !progress.knows(model, "stream_options")) {
            return new Learnt(model, "stream_options", Json.FALSE);
        }
        if (words.contains("max_completion_tokens") && !progress.knows(model, "max_tokens_param")) {
            return new Learnt(model, "max_tokens_param", Json.of("max_tokens"));
        }
        return null;
    }

    void show(Dialect dialect, String model, Told.Answered answered) {
        String tokens = answered.answer().usage().isReported()
                ? answered.answer().usage().outputOr0() + " tokens"
                : "its usage is not reported";
        if (answered.streamed()) {
            Verdict verdict = answered.answer().usage().isReported() ? Verdict.OK : Verdict.NOTED;
            progress.say(
                    dialect,
                    model,
                    Check.STREAM,
                    verdict,
                    tokens + ", the first after " + answered.first().toMillis() + " ms, all after "
                            + answered.whole().toMillis() + " ms");
        } else {
            progress.say(
                    dialect,
                    model,
                    Check.STREAM,
                    Verdict.NOTED,
                    "it answers whole where a stream was asked for; " + tokens);
        }
    }
}

package dev.sluice.cli.provider;

import dev.sluice.cli.provider.Finding.Check;
import dev.sluice.cli.provider.Finding.Verdict;
import dev.sluice.cli.provider.ModelOffers.Listed;
import dev.sluice.cli.provider.TrialCall.Told;
import dev.sluice.cli.provider.TrialReport.Learnt;
import dev.sluice.core.config.Timeouts;
import dev.sluice.core.gateway.DirectCalls;
import dev.sluice.core.ports.Credentials;
import dev.sluice.core.ports.RequestSigning;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Answer;
import dev.sluice.model.Block;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Json;
import dev.sluice.protocol.Codecs;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.json.JsonText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tries one provider as its owner asked: each of its endpoints, its list of models, a streamed answer and a tool call of
/// some models, and whether a wrong secret is refused.
///
/// Costs a few hundred tokens a model and dialect. A wrong secret is sent once at most.
public final class Trial {
    /// Made up; no provider's secret looks like it.
    static final String WRONG_SECRET = "sluice-trial-of-a-wrong-secret";

    private static final int SHOWN = 5;

    private final World world;
    private final Wish wish;
    private final Consumer<Finding> progress;
    private final TrialCall call;
    private final TrialCall wrong;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Learnt> learnt = new ArrayList<>();
    private final List<Dialect> absent = new ArrayList<>();
    private TrialSubject subject;
    private boolean wrongIsDone;

    /// What a trial is made with.
    public record World(Upstream upstream, Codecs codecs, Credentials credentials, RequestSigning signing, Time time) {}

    /// What is wanted.
    ///
    /// @param models ids to try; none: the configured ones
    /// @param most how many models are tried in each dialect
    /// @param wrongSecret whether to see that a wrong secret is refused
    /// @param patience for the first byte, and between two
    public record Wish(List<String> models, int most, boolean wrongSecret, Duration patience) {
        public Wish {
            models = List.copyOf(models);
        }
    }

    /// @param provider its object in the configuration
    /// @param progress told each finding when it is there
    public Trial(World world, Json.Obj provider, Wish wish, Consumer<Finding> progress) {
        this.world = world;
        this.wish = wish;
        this.progress = progress;
        this.subject = TrialSubject.of(provider);
        Timeouts timeouts = timeouts(wish.patience());
        this.call = call(world.credentials(), timeouts);
        this.wrong = call(_ -> Optional.of(WRONG_SECRET), timeouts);
    }

    static Timeouts timeouts(Duration patience) {
        Duration connect = patience.compareTo(Timeouts.DEFAULT.connect()) < 0 ? patience : Timeouts.DEFAULT.connect();
        return new Timeouts(connect, patience, patience, patience.multipliedBy(2), Timeouts.DEFAULT.keepAlive());
    }

    private TrialCall call(Credentials credentials, Timeouts timeouts) {
        DirectCalls calls = new DirectCalls(credentials, world.signing(), world.time());
        return new TrialCall(world.upstream(), calls, world.time(), timeouts);
    }

    /// The models that the provider lists in its first dialect that has a list.
    public Listed offers() {
        Listed last = new Listed.NoList("it has no endpoint");
        for (Dialect dialect : subject.dialects()) {
            last = new ModelOffers(call).of(subject.endpoint(dialect));
            if (last instanceof Listed.Models) {
                return last;
            }
        }
        return last;
    }

    public TrialReport run() {
        for (Dialect dialect : subject.dialects()) {
            endpoint(dialect);
        }
        return new TrialReport(findings, learnt, absent);
    }

    private void endpoint(Dialect dialect) {
        Listed listed = new ModelOffers(call).of(subject.endpoint(dialect));
        switch (listed) {
            case Listed.Unreached(String why) -> {
                say(dialect, "", Check.REACHED, Verdict.FAILED, why);
                return;
            }
            case Listed.Models(var offers, boolean isAll) ->
                say(
                        dialect,
                        "",
                        Check.MODELS,
                        Verdict.OK,
                        offers.size() + (isAll ? " listed" : " listed, and there are more"));
            case Listed.NoList(String why) -> say(dialect, "", Check.MODELS, Verdict.NOTED, "no list: " + why);
            case Listed.Refused(String why) ->
                say(dialect, "", Check.SECRET, Verdict.FAILED, "the list of models is refused: " + why);
        }
        models(dialect, listed);
    }

    private void models(Dialect dialect, Listed listed) {
        List<String> chosen = chosen(dialect);
        if (chosen.isEmpty()) {
            List<String> some = listed instanceof Listed.Models(var offers, var _)
                    ? offers.stream().limit(SHOWN).map(ModelOffers.Offer::id).toList()
                    : List.of();
            say(
                    dialect,
                    "",
                    Check.STREAM,
                    Verdict.SKIPPED,
                    "no model to try: name one with --model"
                            + (some.isEmpty() ? "" : "; it lists " + String.join(", ", some)));
            return;
        }
        for (String model : chosen) {
            if (!model(dialect, model)) {
                return;
            }
        }
    }

    private List<String> chosen(Dialect dialect) {
        List<String> named = wish.models().isEmpty()
                ? subject.provider().models().stream()
                        .filter(model -> model.enabled())
                        .map(model -> model.id())
                        .toList()
                : wish.models();
        return named.stream()
                .filter(model -> subject.target(dialect, model).isPresent())
                .limit(wish.most())
                .toList();
    }

    /// Whether it is worth trying another model in this dialect.
    private boolean model(Dialect dialect, String model) {
        switch (stream(dialect, model)) {
            case Told.Answered answered -> {
                streamed(dialect, model, answered);
                tool(dialect, model);
                wrongSecret(dialect, model);
                return true;
            }
            case Told.Failed failed -> {
                boolean isAbsent = failed.page() || failed.category() == Category.PATH_NOT_FOUND;
                boolean isSecret =
                        failed.category() == Category.AUTH_FAILED || failed.category() == Category.CONFIGURATION_ERROR;
                say(
                        dialect,
                        model,
                        isSecret ? Check.SECRET : Check.STREAM,
                        Verdict.FAILED,
                        (isAbsent ? "this dialect is not spoken there: " : "") + words(failed.failure()));
                if (isAbsent) {
                    absent.add(dialect);
                }
                return !isAbsent && !isSecret;
            }
        }
    }

    /// One streamed answer; what the provider will not have is asked for in the other way that is known.
    private Told stream(Dialect dialect, String model) {
        Told told = ask(call, dialect, model);
        for (Learnt otherwise = otherwise(dialect, model, told);
                otherwise != null;
                otherwise = otherwise(dialect, model, told)) {
            TrialSubject before = subject;
            subject = subject.with(otherwise);
            Told again = ask(call, dialect, model);
            if (again instanceof Told.Failed failed
                    && failed.category() == Category.INVALID_REQUEST
                    && isSame(told, failed)) {
                subject = before;
                return told;
            }
            learnt.add(otherwise);
            say(
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

    private Told ask(TrialCall by, Dialect dialect, String model) {
        Target target = subject.target(dialect, model).orElseThrow();
        return by.ask(target, codec(dialect), TrialRequests.words(dialect, model));
    }

    private UpstreamCodec codec(Dialect dialect) {
        return world.codecs().upstream(dialect).orElseThrow();
    }

    /// What to try next after that refusal; null: nothing is known that would help.
    private @Nullable Learnt otherwise(Dialect dialect, String model, Told told) {
        if (dialect != Dialect.OPENAI_CHAT
                || !(told instanceof Told.Failed failed)
                || failed.category() != Category.INVALID_REQUEST) {
            return null;
        }
        String words = words(failed.failure());
        if (words.contains("stream_options") && !knows(model, "stream_options")) {
            return new Learnt(model, "stream_options", Json.FALSE);
        }
        if (words.contains("max_completion_tokens") && !knows(model, "max_tokens_param")) {
            return new Learnt(model, "max_tokens_param", Json.of("max_tokens"));
        }
        return null;
    }

    private boolean knows(String model, String capability) {
        return learnt.stream()
                .anyMatch(one -> one.model().equals(model) && one.capability().equals(capability));
    }

    private void streamed(Dialect dialect, String model, Told.Answered answered) {
        String tokens = answered.answer().usage().isReported()
                ? answered.answer().usage().outputOr0() + " tokens"
                : "its usage is not reported";
        if (answered.streamed()) {
            Verdict verdict = answered.answer().usage().isReported() ? Verdict.OK : Verdict.NOTED;
            say(
                    dialect,
                    model,
                    Check.STREAM,
                    verdict,
                    tokens + ", the first after " + answered.first().toMillis() + " ms, all after "
                            + answered.whole().toMillis() + " ms");
        } else {
            say(
                    dialect,
                    model,
                    Check.STREAM,
                    Verdict.NOTED,
                    "it answers whole where a stream was asked for; " + tokens);
        }
    }

    private void tool(Dialect dialect, String model) {
        Target target = subject.target(dialect, model).orElseThrow();
        switch (call.ask(target, codec(dialect), TrialRequests.tool(dialect, model))) {
            case Told.Answered(Answer answer, var _, var _, var _) -> called(dialect, model, answer);
            case Told.Failed failed -> {
                boolean isRefused = failed.category() == Category.INVALID_REQUEST
                        && words(failed.failure()).contains("tool");
                if (isRefused) {
                    learnt.add(new Learnt(model, "tools", Json.FALSE));
                }
                say(
                        dialect,
                        model,
                        Check.TOOL_CALL,
                        isRefused ? Verdict.NOTED : Verdict.FAILED,
                        (isRefused ? "takes no tools: " : "") + words(failed.failure()));
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
            say(dialect, model, Check.TOOL_CALL, Verdict.NOTED, "it answered in words, without a call");
        } else if (!made.name().equals(TrialRequests.TOOL)) {
            say(dialect, model, Check.TOOL_CALL, Verdict.FAILED, "it called a tool that was not offered");
        } else {
            boolean isObject = JsonText.objectOrNull(made.arguments()) != null;
            say(
                    dialect,
                    model,
                    Check.TOOL_CALL,
                    isObject ? Verdict.OK : Verdict.FAILED,
                    isObject ? "called, with arguments" : "called, with arguments that are no JSON object");
        }
    }

    /// Once in a trial, and only where the right one was accepted.
    private void wrongSecret(Dialect dialect, String model) {
        if (!wish.wrongSecret() || wrongIsDone || subject.provider().credential() == null) {
            return;
        }
        wrongIsDone = true;
        Told told = ask(wrong, dialect, model);
        if (told instanceof Told.Answered) {
            boolean isAtHome = subject.provider().allowPrivateNetwork();
            say(
                    dialect,
                    model,
                    Check.WRONG_SECRET,
                    isAtHome ? Verdict.NOTED : Verdict.FAILED,
                    "it is accepted too: whoever reaches this address can use it");
        } else if (told instanceof Told.Failed failed) {
            boolean isRefused = failed.failure() instanceof Failure.Upstream refused
                    && (refused.status() == 401
                            || refused.status() == 403
                            || refused.category() == Category.AUTH_FAILED);
            say(
                    dialect,
                    model,
                    Check.WRONG_SECRET,
                    isRefused ? Verdict.OK : Verdict.NOTED,
                    isRefused ? "refused, as it should be" : "not clear: " + words(failed.failure()));
        }
    }

    private static String words(Failure failure) {
        String status = failure instanceof Failure.Upstream upstream && upstream.status() != 0
                ? " (status " + upstream.status() + ")"
                : "";
        return failure.message() + status;
    }

    private void say(Dialect dialect, String model, Check check, Verdict verdict, String text) {
        Finding finding = new Finding(dialect, model, check, verdict, text);
        findings.add(finding);
        progress.accept(finding);
    }
}

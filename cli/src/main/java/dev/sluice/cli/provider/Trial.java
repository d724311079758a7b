package dev.sluice.cli.provider;

import dev.sluice.cli.provider.Finding.Check;
import dev.sluice.cli.provider.Finding.Verdict;
import dev.sluice.cli.provider.ModelOffers.Listed;
import dev.sluice.cli.provider.TrialCall.Told;
import dev.sluice.core.config.AuthScheme;
import dev.sluice.core.config.ProviderConfig;
import dev.sluice.core.config.Timeouts;
import dev.sluice.core.gateway.DirectCalls;
import dev.sluice.core.ports.Credentials;
import dev.sluice.core.ports.RequestSigning;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Failure.Category;
import dev.sluice.model.Json;
import dev.sluice.protocol.Codecs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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
    private final TrialProgress progress;
    private final TrialCall call;
    private final TrialCall wrong;
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
        this.progress = new TrialProgress(TrialSubject.of(provider), progress);
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
        for (Dialect dialect : progress.subject().dialects()) {
            last = new ModelOffers(call).of(progress.subject().endpoint(dialect));
            if (last instanceof Listed.Models) {
                return last;
            }
        }
        return last;
    }

    public TrialReport run() {
        for (Dialect dialect : progress.subject().dialects()) {
            endpoint(dialect);
        }
        return progress.report();
    }

    private void endpoint(Dialect dialect) {
        Listed listed = new ModelOffers(call).of(progress.subject().endpoint(dialect));
        switch (listed) {
            case Listed.Unreached(String why) -> {
                progress.say(dialect, "", Check.REACHED, Verdict.FAILED, why);
                return;
            }
            case Listed.Models(var offers, boolean isAll) ->
                progress.say(
                        dialect,
                        "",
                        Check.MODELS,
                        Verdict.OK,
                        offers.size() + (isAll ? " listed" : " listed, and there are more"));
            case Listed.NoList(String why) -> progress.say(dialect, "", Check.MODELS, Verdict.NOTED, "no list: " + why);
            case Listed.Refused(String why) ->
                progress.say(dialect, "", Check.SECRET, Verdict.FAILED, "the list of models is refused: " + why);
        }
        models(dialect, listed);
    }

    private void models(Dialect dialect, Listed listed) {
        List<String> chosen = chosen(dialect);
        if (chosen.isEmpty()) {
            List<String> some = listed instanceof Listed.Models(var offers, var _)
                    ? offers.stream().limit(SHOWN).map(ModelOffers.Offer::id).toList()
                    : List.of();
            progress.say(
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
                ? progress.subject().provider().models().stream()
                        .filter(model -> model.enabled())
                        .map(model -> model.id())
                        .toList()
                : wish.models();
        return named.stream()
                .filter(model -> progress.subject().target(dialect, model).isPresent())
                .limit(wish.most())
                .toList();
    }

    /// Whether it is worth trying another model in this dialect.
    private boolean model(Dialect dialect, String model) {
        StreamTrial stream = new StreamTrial(call, world.codecs(), progress);
        switch (stream.ask(dialect, model)) {
            case Told.Answered answered -> {
                stream.show(dialect, model, answered);
                new ToolTrial(call, world.codecs(), progress).run(dialect, model);
                wrongSecret(dialect, model);
                return true;
            }
            case Told.Failed failed -> {
                boolean isAbsent = failed.page() || failed.category() == Category.PATH_NOT_FOUND;
                boolean isSecret =
                        failed.category() == Category.AUTH_FAILED || failed.category() == Category.CONFIGURATION_ERROR;
                progress.say(
                        dialect,
                        model,
                        isSecret ? Check.SECRET : Check.STREAM,
                        Verdict.FAILED,
                        (isAbsent ? "this dialect is not spoken there: " : "") + failed.words());
                if (isAbsent) {
                    progress.miss(dialect);
                }
                return !isAbsent && !isSecret;
            }
        }
    }

    /// Once in a trial, and only where the right one was accepted. A made-up key file signs nothing that could be sent.
    private void wrongSecret(Dialect dialect, String model) {
        ProviderConfig provider = progress.subject().provider();
        if (!wish.wrongSecret()
                || wrongIsDone
                || provider.credential() == null
                || provider.auth() instanceof AuthScheme.GoogleServiceAccount) {
            return;
        }
        wrongIsDone = true;
        Told told = wrong.ask(
                progress.subject().target(dialect, model).orElseThrow(),
                world.codecs().upstream(dialect).orElseThrow(),
                TrialRequests.words(dialect, model));
        if (told instanceof Told.Answered) {
            boolean isAtHome = provider.allowPrivateNetwork();
            progress.say(
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
            progress.say(
                    dialect,
                    model,
                    Check.WRONG_SECRET,
                    isRefused ? Verdict.OK : Verdict.NOTED,
                    isRefused ? "refused, as it should be" : "not clear: " + failed.words());
        }
    }
}

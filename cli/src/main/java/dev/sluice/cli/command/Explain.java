package dev.sluice.cli.command;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Exit;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.command.CommandTree.Context;
import dev.sluice.cli.control.Holdings;
import dev.sluice.cli.control.Hosted;
import dev.sluice.cli.preview.HttpPreview;
import dev.sluice.cli.preview.Preview;
import dev.sluice.cli.preview.Preview.Question;
import dev.sluice.cli.preview.Preview.Told;
import dev.sluice.cli.start.OwnPreview;
import dev.sluice.cli.start.StackPreview;
import dev.sluice.cli.start.Wiring;
import dev.sluice.cli.store.DataDirectory;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Show where a request for a model would go now, and why. Nothing is sent or counted.")
final class Explain implements Callable<Integer> {
    private final Context context;
    private final Wiring.Gateways gateways;

    @Parameters(paramLabel = "MODEL", description = "As a client would name it: an alias, provider/model, a bare id.")
    private String model = "";

    @Option(
            names = "--request",
            paramLabel = "FILE",
            description = "The body of a request: its size, session and wishes count; - for standard input.")
    private @Nullable String request;

    @Option(names = "--dialect", paramLabel = "NAME", description = "The client's: openai-chat, anthropic, ...")
    private @Nullable String dialect;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "Ask that gateway (default: the stack's of --stack; SLUICE_URL; else the running start of --data).")
    private @Nullable String url;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "Its master key (default: SLUICE_MASTER_KEY). Without one, the plan of a stack is made here, from"
                            + " what its table says.")
    private @Nullable String key;

    Explain(Context context, Wiring.Gateways gateways) {
        this.context = context;
        this.gateways = gateways;
    }

    @Override
    public Integer call() {
        if (dialect != null) {
            ProviderOptions.dialect(dialect, "--dialect");
        }
        Question question = new Question(model, dialect, request());
        return show(told(question)).code();
    }

    private Told told(Question question) {
        if (url == null && context.common().deployed(context.surroundings()).isPresent()) {
            return deployed(question);
        }
        Optional<String> gateway = given(url, "SLUICE_URL");
        return gateway.isPresent()
                ? new HttpPreview(gateway.get(), given(key, "SLUICE_MASTER_KEY")).of(question)
                : here(question);
    }

    /// The gateway's own word, where there is a key for it; else the same plan, made here.
    private Told deployed(Question question) {
        Surroundings surroundings = context.surroundings();
        try (Hosted stack = Hosted.open(context.common().owner(surroundings), surroundings)) {
            stack.place().ifPresent(this::note);
            Optional<String> master = given(key, "SLUICE_MASTER_KEY");
            String address = stack.owner().deployment().address().toString();
            if (master.isPresent()) {
                note("asked: the gateway at " + address);
                return new HttpPreview(address, master).of(question);
            }
            note("made on this machine, from the stack's table; --key or SLUICE_MASTER_KEY asks the gateway itself");
            return new StackPreview(stack.owner().store(), surroundings, gateways).of(question);
        }
    }

    private void note(String sentence) {
        if (!context.common().json()) {
            context.report().note(sentence);
        }
    }

    private Optional<String> given(@Nullable String option, String variable) {
        Surroundings surroundings = context.surroundings();
        return option == null ? surroundings.variable(variable).filter(value -> !value.isBlank()) : Optional.of(option);
    }

    private @Nullable String request() {
        if (request == null) {
            return null;
        }
        byte[] bytes = Input.read(request, context.surroundings());
        if (JsonText.objectOrNull(bytes, 0, bytes.length) == null) {
            throw CommandFailure.usage("--request: " + request + " holds no JSON object");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Told here(Question question) {
        DataDirectory directory = context.common().directory(context.surroundings());
        Optional<Preview> running = Holdings.preview(directory);
        return running.isPresent()
                ? running.get().of(question)
                : OwnPreview.ask(question, directory, context.surroundings(), gateways);
    }

    private Exit show(Told told) {
        Json.Obj document = told.document();
        boolean isPlan = document.has("candidates");
        if (isPlan && context.common().json()) {
            context.report().json(document);
        } else if (isPlan
                && !(document.items("candidates").isEmpty()
                        && document.items("skipped").isEmpty())) {
            Surroundings surroundings = context.surroundings();
            context.report().text(new ExplainText(document, surroundings.time().now(), Paint.of(surroundings)).text());
        } else {
            throw CommandFailure.failed(why(told));
        }
        return document.present("error") == null ? Exit.OK : Exit.FAILURE;
    }

    /// The gateway's own words, where it has some.
    private static String why(Told told) {
        Json error = told.document().present("error");
        if (error instanceof Json.Str(String message)) {
            return message;
        }
        return error instanceof Json.Obj object && object.text("message") instanceof String message
                ? message
                : "the gateway has answered " + told.status() + " without a plan: is it a Sluice of this version?";
    }
}

package dev.sluice.cli.start;

import dev.sluice.cli.secret.MasterKey;
import dev.sluice.core.config.ConfigSnapshot;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// What `start` prints when it is ready; the last line is the one that tools wait for.
///
/// @param store where what processes may share is kept
/// @param master empty without keys
/// @param notYetInForce of the configuration in force
record Banner(
        StartOptions options,
        InetSocketAddress address,
        String store,
        ConfigSnapshot snapshot,
        Optional<MasterKey> master,
        List<String> notYetInForce) {

    void print(PrintStream out) {
        if (options.json()) {
            out.println(JsonText.print(json()));
        } else {
            lines(out);
        }
        out.flush();
    }

    private String url() {
        return url(options, address);
    }

    static String url(StartOptions options, InetSocketAddress address) {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return "http://" + host + ":" + address.getPort();
    }

    private void lines(PrintStream out) {
        out.println("OpenAI     " + url() + "/v1  (Chat Completions, Responses)");
        out.println("Anthropic  " + url() + "     (Messages)");
        out.println("Gemini     " + url() + "     (generateContent)");
        out.println("Ollama     " + url() + "     (chat, generate)");
        out.println("data       " + options.directory().path());
        out.println("store      " + store);
        out.println("config     "
                + (snapshot.isEmpty()
                        ? "nothing is configured: every model name reaches the demo provider"
                        : "version " + snapshot.version() + " (providers: "
                                + snapshot.providers().size() + ")"));
        out.println("key        " + key());
        notYetInForce.forEach(sentence -> out.println("not yet in force: " + sentence));
        out.println("listening on " + url());
    }

    private String key() {
        if (master.isEmpty()) {
            return "none is asked for (--no-auth)";
        }
        return switch (master.get()) {
            case MasterKey.Fresh fresh -> fresh.key() + "  (the master key: shown this once, keep it)";
            case MasterKey.Given _ -> "the one in SLUICE_MASTER_KEY";
            case MasterKey.Kept _ -> "the master key that the first start showed (SLUICE_MASTER_KEY sets another)";
        };
    }

    private Json json() {
        Json.Builder object = Json.object()
                .put("event", "ready")
                .put("message", "listening on " + url())
                .put("url", url())
                .put("urls", urls())
                .put("data", options.directory().path().toString())
                .put("store", store)
                .put("configVersion", snapshot.version())
                .put("notYetInForce", Json.strings(notYetInForce));
        if (master.isPresent() && master.get() instanceof MasterKey.Fresh fresh) {
            object.put("masterKey", fresh.key());
        }
        return object.build();
    }

    private Json urls() {
        return Json.object()
                .put("openai", url() + "/v1")
                .put("anthropic", url())
                .build();
    }
}

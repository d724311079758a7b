package dev.sluice.aws.settings;

import dev.sluice.aws.dynamodb.TableSettings;
import dev.sluice.aws.secrets.SecretSettings;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The variables of a function that works on its stack's table and secrets (docs/function.md), read with everything that is
/// missing or wrong in them. One thread.
public final class StackVariables {
    private static final String REGION = "AWS_REGION";
    private static final String ENDPOINT = "AWS_ENDPOINT_URL";

    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    public StackVariables(Map<String, String> environment) {
        this.environment = environment;
    }

    /// Empty: it is not set, or blank.
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /// The variable; without it a problem, and an empty text.
    ///
    /// @param what it is, for a person
    public String needed(String name, String what) {
        return variable(name).orElseGet(() -> {
            problem(name + " is not set: it is " + what);
            return "";
        });
    }

    /// @param what lies there, for a person
    public String region(String what) {
        return variable("AWS_DEFAULT_REGION")
                .filter(_ -> variable(REGION).isEmpty())
                .orElseGet(() -> needed(REGION, "the AWS region of " + what));
    }

    public TableSettings table(String name, String region) {
        TableSettings table = TableSettings.of(name).withRegion(region);
        URI endpoint = endpoint("DYNAMODB");
        TableSettings there = endpoint == null ? table : table.withEndpoint(endpoint);
        return accessKey().map(there::withAccessKey).orElse(there);
    }

    public SecretSettings secrets(String region) {
        SecretSettings secrets = SecretSettings.usual().withRegion(region);
        URI endpoint = endpoint("SECRETS_MANAGER");
        SecretSettings there = endpoint == null ? secrets : secrets.withEndpoint(endpoint);
        return accessKey().map(there::withAccessKey).orElse(there);
    }

    public void problem(String sentence) {
        problems.add(sentence);
    }

    /// A sentence for each, in the order in which they were found.
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /// Without a session token; those of Lambda come with one, and the SDK finds them itself.
    private Optional<TableSettings.AccessKey> accessKey() {
        Optional<String> id = variable("AWS_ACCESS_KEY_ID");
        Optional<String> secret = variable("AWS_SECRET_ACCESS_KEY");
        return id.isPresent()
                        && secret.isPresent()
                        && variable("AWS_SESSION_TOKEN").isEmpty()
                ? Optional.of(new TableSettings.AccessKey(id.get(), secret.get()))
                : Optional.empty();
    }

    private @Nullable URI endpoint(String service) {
        String own = ENDPOINT + "_" + service;
        String used = variable(own).isPresent() ? own : ENDPOINT;
        Optional<String> text = variable(used);
        if (text.isEmpty()) {
            return null;
        }
        try {
            URI uri = URI.create(text.get());
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException noAddress) {
            // refused below
        }
        problem(used + " is no address such as http://127.0.0.1:8000: " + text.get());
        return null;
    }
}

package dev.sluice.cli.function;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Surroundings;
import dev.sluice.cli.secret.SecretKey;
import dev.sluice.cli.store.DataDirectory;
import java.net.URI;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Which DynamoDB the function's state is in: the one whose endpoint was given, or DynamoDB Local as a child of this process.
///
/// @param variables that lead there, for this process and the function alike
/// @param closing ends what was started for it
record FunctionTable(Map<String, String> variables, Runnable closing) implements AutoCloseable {
    private static final String ENDPOINT = "AWS_ENDPOINT_URL";
    private static final String DYNAMODB = "AWS_ENDPOINT_URL_DYNAMODB";
    private static final String REGION = "AWS_REGION";
    private static final String ID = "AWS_ACCESS_KEY_ID";
    private static final String SECRET = "AWS_SECRET_ACCESS_KEY";
    private static final String TOKEN = "AWS_SESSION_TOKEN";
    private static final String ANY_REGION = "us-east-1";
    private static final String LABEL = "sluice dynamodb local v1";

    static FunctionTable open(
            DataDirectory directory, SecretKey secret, Surroundings surroundings, Consumer<String> notes) {
        Optional<String> given = variable(surroundings, DYNAMODB).or(() -> variable(surroundings, ENDPOINT));
        return given.isPresent() ? given(given.get(), surroundings) : own(directory, secret, surroundings, notes);
    }

    private static FunctionTable given(String endpoint, Surroundings surroundings) {
        Map<String, String> variables = new HashMap<>();
        variables.put(DYNAMODB, endpoint);
        variables.put(
                REGION,
                variable(surroundings, REGION)
                        .or(() -> variable(surroundings, "AWS_DEFAULT_REGION"))
                        .orElse(ANY_REGION));
        Optional<String> id = variable(surroundings, ID);
        Optional<String> secret = variable(surroundings, SECRET);
        if (id.isPresent() && secret.isPresent()) {
            variables.put(ID, id.get());
            variables.put(SECRET, secret.get());
            variable(surroundings, TOKEN).ifPresent(token -> variables.put(TOKEN, token));
        } else if (isLoopback(endpoint)) {
            variables.put(ID, "local");
            variables.put(SECRET, "local");
        } else {
            throw CommandFailure.usage(
                    "the function finds no profile: for the DynamoDB at " + endpoint + " set " + ID + " and " + SECRET);
        }
        return new FunctionTable(variables, () -> {});
    }

    private static boolean isLoopback(String endpoint) {
        try {
            String host = URI.create(endpoint).getHost();
            return host != null && (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]"));
        } catch (IllegalArgumentException noAddress) {
            return true; // refused where it is opened
        }
    }

    private static FunctionTable own(
            DataDirectory directory, SecretKey secret, Surroundings surroundings, Consumer<String> notes) {
        DynamoDbLocal local = DynamoDbLocal.start(
                new DynamoDbJars(directory.dynamoDbJars(), surroundings, notes).fetched(), directory.dynamoDb());
        String key = HexFormat.of().withUpperCase().formatHex(secret.derive(LABEL, 16));
        return new FunctionTable(
                Map.of(DYNAMODB, local.endpoint().toString(), REGION, ANY_REGION, ID, key, SECRET, key), local::close);
    }

    /// The surroundings of what opens the table in this process.
    Surroundings lead(Surroundings surroundings) {
        Map<String, String> environment = new HashMap<>(surroundings.environment());
        environment.keySet().removeAll(List.of("AWS_PROFILE", TOKEN));
        environment.putAll(variables);
        return new Surroundings(
                environment,
                surroundings.in(),
                surroundings.out(),
                surroundings.err(),
                surroundings.prompt(),
                surroundings.screens(),
                surroundings.time(),
                surroundings.schedule(),
                surroundings.random(),
                surroundings.stop());
    }

    private static Optional<String> variable(Surroundings surroundings, String name) {
        return surroundings.variable(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    @Override
    public void close() {
        closing.run();
    }
}

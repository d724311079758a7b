package dev.sluice.cli.lambda;

/// What a runtime asks for, read from method and path.
sealed interface RuntimeCall {
    String API = "/2018-06-01/runtime/";
    String CREDENTIALS = "/2021-04-23/credentials";

    record Next() implements RuntimeCall {}

    record Response(String id) implements RuntimeCall {}

    record Failure(String id) implements RuntimeCall {}

    record InitError() implements RuntimeCall {}

    record RestoreNext() implements RuntimeCall {}

    record RestoreError() implements RuntimeCall {}

    record Credentials() implements RuntimeCall {}

    record WrongMethod() implements RuntimeCall {}

    record Unknown() implements RuntimeCall {}

    /// @param snapStart whether the calls about restoring exist
    static RuntimeCall of(String method, String path, boolean snapStart) {
        RuntimeCall call = named(path, snapStart);
        boolean reads = call instanceof Next || call instanceof RestoreNext || call instanceof Credentials;
        boolean fits = call instanceof Unknown || method.equals(reads ? "GET" : "POST");
        return fits ? call : new WrongMethod();
    }

    private static RuntimeCall named(String path, boolean snapStart) {
        if (path.equals(CREDENTIALS) && snapStart) {
            return new Credentials();
        }
        if (!path.startsWith(API)) {
            return new Unknown();
        }
        String rest = path.substring(API.length());
        return switch (rest) {
            case "invocation/next" -> new Next();
            case "init/error" -> new InitError();
            case "restore/next" -> snapStart ? new RestoreNext() : new Unknown();
            case "restore/error" -> snapStart ? new RestoreError() : new Unknown();
            default -> ofInvocation(rest);
        };
    }

    private static RuntimeCall ofInvocation(String rest) {
        String prefix = "invocation/";
        int slash = rest.lastIndexOf('/');
        if (!rest.startsWith(prefix) || slash <= prefix.length()) {
            return new Unknown();
        }
        String id = rest.substring(prefix.length(), slash);
        return switch (rest.substring(slash + 1)) {
            case "response" -> new Response(id);
            case "error" -> new Failure(id);
            default -> new Unknown();
        };
    }
}

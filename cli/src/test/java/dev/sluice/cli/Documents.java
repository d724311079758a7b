package dev.sluice.cli;

/// Configuration documents for tests.
public final class Documents {
    public static final String FIRST = "{\"version\":1,\"providers\":[],\"strict\":false}";
    public static final String SECOND = "{\"version\":1,\"providers\":[],\"strict\":true}";
    /// Two names that do not exist.
    public static final String BAD = "{\"version\":1,\"provders\":[],\"strickt\":true}";

    /// A provider whose secret is in the environment.
    public static final String FROM_ENVIRONMENT = """
            {"version":1,"providers":[{"id":"acme","endpoints":{"openai-chat":"https://api.acme.example/v1"},\
            "credential":{"env":"ACME_KEY"},"models":["*"]}]}""";

    /// A provider whose secret is in the store, and one whose secret only a serving process can find.
    public static final String WITH_CREDENTIAL = """
            {"version":1,"providers":[{"id":"acme","endpoints":{"openai-chat":"https://api.acme.example/v1"},\
            "credential":"acme-key","models":["*"]},{"id":"elsewhere","endpoints":{"openai-chat":\
            "https://api.other.example/v1"},"credential":{"env":"ELSEWHERE_KEY"},"models":["*"]}]}""";

    private Documents() {}
}

package dev.sluice.testkit.account;

import dev.sluice.model.Json;
import dev.sluice.testkit.account.AccountWire.Ask;
import dev.sluice.testkit.http.ScriptedPeer;
import dev.sluice.testkit.http.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// STS, Systems Manager, CloudFormation, Lambda and CloudWatch Logs on loopback, over their own wire forms. Thread-safe.
///
/// Signatures are asked for and not checked.
public final class FakeAccount implements AutoCloseable {
    public static final String NUMBER = "123456789012";
    /// As Systems Manager pages them.
    private static final int PAGE = 10;

    private final NavigableMap<String, String> parameters = new ConcurrentSkipListMap<>();
    private final Map<String, FakeStack> stacks = new ConcurrentHashMap<>();
    private final Map<String, Json> functions = new ConcurrentHashMap<>();
    private final Map<String, Refused> refusals = new ConcurrentHashMap<>();
    private final List<Json> lines = new CopyOnWriteArrayList<>();
    private final List<String> actions = new CopyOnWriteArrayList<>();
    private final ScriptedServer server;

    private record Refused(String code, String message) {}

    private FakeAccount() throws IOException {
        this.server = ScriptedServer.playing(this::serve);
    }

    public static FakeAccount open() throws IOException {
        return new FakeAccount();
    }

    public URI endpoint() {
        return server.uri("");
    }

    public void parameter(String name, String value) {
        parameters.put(name, value);
    }

    public void forget(String name) {
        parameters.remove(name);
    }

    public FakeStack stack(String name, String status) {
        FakeStack stack = new FakeStack(name, status);
        stacks.put(name, stack);
        return stack;
    }

    public void removeStack(String name) {
        stacks.remove(name);
    }

    /// What Lambda answers about a version of a function.
    public void function(String name, String qualifier, Json configuration) {
        functions.put(name + ":" + qualifier, configuration);
    }

    public void log(long at, String text) {
        lines.add(Json.object().put("timestamp", at).put("message", text).build());
    }

    /// From now on that action is refused.
    public void refuse(String action, String code, String message) {
        refusals.put(action, new Refused(code, message));
    }

    /// What was asked for, as `sts GetCallerIdentity`, in order.
    public List<String> actions() {
        return List.copyOf(actions);
    }

    private void serve(ScriptedPeer peer) throws IOException {
        for (String request = peer.readRequest(); !request.isEmpty(); request = peer.readRequest()) {
            Ask ask = AccountWire.read(request);
            actions.add(ask.service() + " " + ask.action());
            Refused refused = refusals.get(ask.action());
            peer.send(refused == null ? answer(ask) : AccountWire.refusal(ask, refused.code(), refused.message()));
        }
    }

    private byte[] answer(Ask ask) {
        return switch (ask.action()) {
            case "GetCallerIdentity" ->
                AccountWire.xml(
                        ask.action(),
                        AccountWire.tag("Arn", "arn:aws:iam::" + NUMBER + ":user/ada")
                                + AccountWire.tag("UserId", "AIDA")
                                + AccountWire.tag("Account", NUMBER));
            case "GetParametersByPath" -> parameters(ask);
            case "DescribeStacks", "DescribeStackEvents", "DescribeStackResources" -> ofStack(ask);
            case "DeleteStack" -> delete(ask);
            case "GetFunctionConfiguration" -> ofFunction(ask);
            case "FilterLogEvents" ->
                AccountWire.json(Json.object()
                        .put("events", Json.array(new ArrayList<>(lines)))
                        .build());
            case "DeleteLogGroup" -> AccountWire.json(Json.Obj.EMPTY);
            default -> AccountWire.refusal(ask, "UnknownOperationException", ask.action());
        };
    }

    private byte[] parameters(Ask ask) {
        String path = ask.body().text("Path", "");
        List<Json> found = new ArrayList<>();
        parameters.forEach((name, value) -> {
            if (name.startsWith(path)) {
                found.add(Json.object()
                        .put("Name", name)
                        .put("Type", "String")
                        .put("Value", value)
                        .build());
            }
        });
        int from = Integer.parseInt(ask.body().text("NextToken", "0"));
        int to = Math.min(found.size(), from + PAGE);
        return AccountWire.json(Json.object()
                .put("Parameters", Json.array(found.subList(from, to)))
                .putIf("NextToken", to < found.size() ? Integer.toString(to) : null)
                .build());
    }

    private byte[] ofStack(Ask ask) {
        FakeStack stack = stacks.get(ask.form().getOrDefault("StackName", ""));
        if (stack == null) {
            return AccountWire.refusal(
                    ask, "ValidationError", "Stack with id " + ask.form().get("StackName") + " does not exist");
        }
        return AccountWire.xml(
                ask.action(),
                switch (ask.action()) {
                    case "DescribeStackEvents" -> stack.listedEvents();
                    case "DescribeStackResources" -> stack.listedResources();
                    default -> stack.described();
                });
    }

    /// At once, where the service takes minutes.
    private byte[] delete(Ask ask) {
        stacks.remove(ask.form().getOrDefault("StackName", ""));
        return AccountWire.xml(ask.action(), "");
    }

    /// `/2015-03-31/functions/NAME/configuration?Qualifier=ALIAS`.
    private byte[] ofFunction(Ask ask) {
        String[] parts = ask.path().split("/", -1);
        String qualifier = ask.path().substring(ask.path().indexOf("Qualifier=") + "Qualifier=".length());
        Json configuration = functions.get(parts[3] + ":" + qualifier);
        return configuration == null
                ? AccountWire.refusal(ask, "ResourceNotFoundException", "Function not found: " + parts[3])
                : AccountWire.json(configuration);
    }

    @Override
    public void close() {
        server.close();
    }
}

package dev.sluice.infra;

import dev.sluice.infra.cost.JsonTree;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The statements of a role in a template, and the answer of IAM to a request: refused unless a statement allows it and
/// none denies it.
///
/// Of conditions it knows `ForAllValues:StringLike` on `dynamodb:LeadingKeys`; any other one makes it throw.
record IamPolicies(List<Map<String, Object>> statements) {
    /// @param resource as the template refers to it, its ARN for a literal one
    /// @param partitions that the request names; none for one that names none, such as a scan
    record Request(String action, Object resource, List<String> partitions) {}

    static IamPolicies of(Map<String, Object> resources, String roleName) {
        Map<String, Object> role = resources.entrySet().stream()
                .filter(resource -> resource.getKey().startsWith(roleName))
                .map(resource -> JsonTree.fields(resource.getValue()))
                .filter(resource -> "AWS::IAM::Role".equals(resource.get("Type")))
                .findFirst()
                .orElseThrow();
        Map<String, Object> properties = JsonTree.object(role, "Properties");
        if (properties.containsKey("ManagedPolicyArns")) {
            throw new IllegalStateException(roleName + " has managed policies, which this does not know");
        }
        return new IamPolicies(JsonTree.list(properties, "Policies").stream()
                .map(policy -> JsonTree.object(JsonTree.fields(policy), "PolicyDocument"))
                .flatMap(document -> JsonTree.list(document, "Statement").stream())
                .map(JsonTree::fields)
                .toList());
    }

    boolean allows(Request request) {
        return meets("Allow", request) && !meets("Deny", request);
    }

    private boolean meets(String effect, Request request) {
        return statements.stream()
                .filter(statement -> effect.equals(statement.get("Effect")))
                .filter(statement -> many(statement, "Action")
                        .anyMatch(action -> like(String.valueOf(action).toLowerCase(Locale.ROOT))
                                .matcher(request.action().toLowerCase(Locale.ROOT))
                                .matches()))
                .filter(statement ->
                        many(statement, "Resource").anyMatch(resource -> matches(resource, request.resource())))
                .anyMatch(statement -> holds(JsonTree.object(statement, "Condition"), request));
    }

    private static boolean matches(Object pattern, Object resource) {
        return pattern.equals(resource)
                || pattern instanceof String text
                        && like(text).matcher(resource.toString()).matches();
    }

    private static boolean holds(Map<String, Object> conditions, Request request) {
        if (conditions.isEmpty()) {
            return true;
        }
        Map<String, Object> keys = JsonTree.object(conditions, "ForAllValues:StringLike");
        if (conditions.size() != 1 || !keys.keySet().equals(Set.of("dynamodb:LeadingKeys"))) {
            throw new IllegalStateException("a condition that this does not know: " + conditions);
        }
        List<Pattern> patterns = many(keys, "dynamodb:LeadingKeys")
                .map(value -> like(String.valueOf(value)))
                .toList();
        return request.partitions().stream()
                .allMatch(partition -> patterns.stream()
                        .anyMatch(pattern -> pattern.matcher(partition).matches()));
    }

    private static Stream<Object> many(Map<String, Object> in, String field) {
        return in.get(field) instanceof List<?> list
                ? list.stream().map(value -> (Object) value)
                : Stream.ofNullable(in.get(field));
    }

    private static Pattern like(String text) {
        StringBuilder pattern = new StringBuilder();
        text.chars()
                .forEach(letter -> pattern.append(
                        switch (letter) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(Character.toString(letter));
                        }));
        return Pattern.compile(pattern.toString());
    }
}

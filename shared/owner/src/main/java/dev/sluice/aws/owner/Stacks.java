package dev.sluice.aws.owner;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// CloudFormation's stacks in one region, as far as a deployment has to be watched. Throws [OwnerFailure].
public final class Stacks {
    private static final String VERSION = "2010-05-15";

    private final AwsCalls calls;

    Stacks(AwsCalls calls) {
        this.calls = calls;
    }

    /// A stack as it is now.
    ///
    /// @param status as CloudFormation names it, `CREATE_COMPLETE` for one
    /// @param reason empty: none was given
    /// @param changed when it was last created or updated
    public record Stack(
            String name,
            String id,
            String status,
            String reason,
            @Nullable Instant changed,
            Map<String, String> outputs) {
        /// Something is still going on.
        public boolean isBusy() {
            return status.endsWith("_IN_PROGRESS");
        }

        /// It works: the last change was carried out, or taken back.
        public boolean isWhole() {
            return switch (status) {
                case "CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE" -> true;
                default -> false;
            };
        }
    }

    /// One thing that has happened to a stack.
    ///
    /// @param logicalId as the template names the resource
    /// @param type as in `AWS::Lambda::Function`
    public record Event(String id, @Nullable Instant at, String logicalId, String type, String status, String reason) {
        public boolean isFailure() {
            return status.endsWith("_FAILED");
        }

        public boolean isDone() {
            return status.endsWith("_COMPLETE");
        }
    }

    /// Empty: there is none of that name.
    public Optional<Stack> stack(String name) {
        try {
            Xml answer = calls.query(Service.CLOUDFORMATION, "DescribeStacks", VERSION, Map.of("StackName", name));
            return answer.at("DescribeStacksResult", "Stacks").members().stream()
                    .findFirst()
                    .map(Stacks::stack);
        } catch (OwnerFailure failed) {
            if (failed.text().contains("does not exist")) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    private static Stack stack(Xml stack) {
        Map<String, String> outputs = new HashMap<>();
        stack.at("Outputs")
                .members()
                .forEach(output -> outputs.put(output.text("OutputKey"), output.text("OutputValue")));
        String updated = stack.text("LastUpdatedTime");
        return new Stack(
                stack.text("StackName"),
                stack.text("StackId"),
                stack.text("StackStatus"),
                stack.text("StackStatusReason"),
                time(updated.isEmpty() ? stack.text("CreationTime") : updated),
                outputs);
    }

    /// The latest events of a stack, the newest first: one page of them.
    ///
    /// @param stack its name, or its id when it may be gone already
    public List<Event> events(String stack) {
        Xml answer = calls.query(Service.CLOUDFORMATION, "DescribeStackEvents", VERSION, Map.of("StackName", stack));
        return answer.at("DescribeStackEventsResult", "StackEvents").members().stream()
                .map(event -> new Event(
                        event.text("EventId"),
                        time(event.text("Timestamp")),
                        event.text("LogicalResourceId"),
                        event.text("ResourceType"),
                        event.text("ResourceStatus"),
                        event.text("ResourceStatusReason")))
                .toList();
    }

    /// What belongs to a stack, by the template's names.
    public List<Resource> resources(String stack) {
        Xml answer = calls.query(Service.CLOUDFORMATION, "DescribeStackResources", VERSION, Map.of("StackName", stack));
        List<Resource> resources = new ArrayList<>();
        answer.at("DescribeStackResourcesResult", "StackResources")
                .members()
                .forEach(resource -> resources.add(new Resource(
                        resource.text("LogicalResourceId"),
                        resource.text("PhysicalResourceId"),
                        resource.text("ResourceType"),
                        resource.text("ResourceStatus"))));
        return resources;
    }

    /// Begins to remove a stack; CloudFormation goes on by itself.
    public void delete(String stack) {
        calls.query(Service.CLOUDFORMATION, "DeleteStack", VERSION, Map.of("StackName", stack));
    }

    /// @param physicalId its name or ARN
    public record Resource(String logicalId, String physicalId, String type, String status) {}

    private static @Nullable Instant time(String text) {
        try {
            return text.isEmpty() ? null : Instant.parse(text);
        } catch (DateTimeParseException unknownForm) {
            return null;
        }
    }
}

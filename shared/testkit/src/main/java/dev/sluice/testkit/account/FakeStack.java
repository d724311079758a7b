package dev.sluice.testkit.account;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A stack of CloudFormation, in whatever state a test puts it. Thread-safe.
public final class FakeStack {
    private final String name;
    private final List<String> resources = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private volatile String status;

    FakeStack(String name, String status) {
        this.name = name;
        this.status = status;
    }

    public FakeStack status(String now) {
        status = now;
        return this;
    }

    /// @param physicalId its name or ARN
    public FakeStack resource(String logicalId, String type, String physicalId) {
        resources.add("<member>" + AccountWire.tag("LogicalResourceId", logicalId)
                + AccountWire.tag("PhysicalResourceId", physicalId) + AccountWire.tag("ResourceType", type)
                + AccountWire.tag("ResourceStatus", "CREATE_COMPLETE") + "</member>");
        return this;
    }

    /// Something happens to it.
    public FakeStack event(String at, String logicalId, String type, String happened, String reason) {
        events.addFirst("<member>" + AccountWire.tag("EventId", "event-" + events.size())
                + AccountWire.tag("Timestamp", at) + AccountWire.tag("LogicalResourceId", logicalId)
                + AccountWire.tag("ResourceType", type) + AccountWire.tag("ResourceStatus", happened)
                + (reason.isEmpty() ? "" : AccountWire.tag("ResourceStatusReason", reason)) + "</member>");
        return this;
    }

    private static String members(String list, List<String> members) {
        return "<" + list + ">" + members.stream().collect(Collectors.joining()) + "</" + list + ">";
    }

    String described() {
        return members(
                "Stacks",
                List.of("<member>" + AccountWire.tag("StackName", name)
                        + AccountWire.tag("StackId", "arn:aws:cloudformation:x:1:stack/" + name + "/0")
                        + AccountWire.tag("StackStatus", status)
                        + AccountWire.tag("CreationTime", "2026-03-01T11:00:00Z") + "<Outputs/></member>"));
    }

    String listedEvents() {
        return members("StackEvents", events);
    }

    String listedResources() {
        return members("StackResources", resources);
    }
}

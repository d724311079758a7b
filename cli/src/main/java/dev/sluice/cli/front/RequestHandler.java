package dev.sluice.cli.front;

import dev.sluice.core.gateway.InboundRequest;
import dev.sluice.core.ports.ClientResponse;

/// What answers the requests of a front. Called on the connection's own virtual thread; must end or abort the response.
@FunctionalInterface
public interface RequestHandler {
    void handle(InboundRequest request, ClientResponse response);
}

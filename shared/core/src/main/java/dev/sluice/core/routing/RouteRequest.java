package dev.sluice.core.routing;

import dev.sluice.core.access.Caller;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import java.util.Set;

/// What routing must know of a request.
///
/// @param client the dialect the client speaks
/// @param model as asked, empty when missing
/// @param wants what the request uses that not every model can do
/// @param estimatedTokens of the prompt; 0: not known
/// @param supported the dialects that this gateway can speak to providers
public record RouteRequest(
        Dialect client, String model, Caller caller, Set<Field> wants, long estimatedTokens, Set<Dialect> supported) {
    public RouteRequest {
        wants = Set.copyOf(wants);
        supported = Set.copyOf(supported);
    }
}

package dev.sluice.core.routing;

import dev.sluice.core.access.Caller;
import dev.sluice.model.Dialect;
import dev.sluice.model.Field;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// What routing must know of a request.
///
/// @param client the dialect the client speaks
/// @param model as asked, empty when missing
/// @param wants what the request uses that not every model can do
/// @param size of the prompt in tokens, estimated; 0: not known. Asked for only where a target has a known window
/// @param images whether it carries any. Asked for only where a target takes none
/// @param supported the dialects that this gateway can speak to providers
public record RouteRequest(
        Dialect client,
        String model,
        Caller caller,
        Set<Field> wants,
        LongSupplier size,
        BooleanSupplier images,
        Set<Dialect> supported) {
    public RouteRequest {
        wants = Set.copyOf(wants);
        supported = Set.copyOf(supported);
    }

    /// A request without images.
    public RouteRequest(
            Dialect client, String model, Caller caller, Set<Field> wants, LongSupplier size, Set<Dialect> supported) {
        this(client, model, caller, wants, size, () -> false, supported);
    }

    /// A request of known size without images.
    public RouteRequest(
            Dialect client, String model, Caller caller, Set<Field> wants, long size, Set<Dialect> supported) {
        this(client, model, caller, wants, () -> size, supported);
    }
}

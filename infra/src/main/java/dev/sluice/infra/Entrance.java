package dev.sluice.infra;

import java.util.List;
import software.constructs.Construct;
import software.constructs.IDependable;

/// Where the gateway is reached from outside, and what has to be there before a call succeeds.
///
/// With CloudFront it is the distribution under its own name: the function's address then refuses everybody else, and a
/// domain may not have its records yet.
record Entrance(String address, List<IDependable> parts) {
    void before(Construct later) {
        later.getNode().addDependency(parts.toArray(IDependable[]::new));
    }
}

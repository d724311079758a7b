/// Other gateways' configurations: read, mapped as far as they map, and a line for all that did not.
@NullMarked
package dev.sluice.cli.importing;

import org.jspecify.annotations.NullMarked;

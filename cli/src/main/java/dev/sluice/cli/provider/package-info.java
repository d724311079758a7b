/// Providers as the owner adds, changes and tries them: presets, edits of the document, what refers to what, the trial.
@NullMarked
package dev.sluice.cli.provider;

import org.jspecify.annotations.NullMarked;

package dev.polycert.setting;

import java.util.List;

/**
 * Names variables of the environment that begin as ours do and are read by something beside the
 * product, which runs in the same process.
 */
public interface OtherSettings {

  /** The variables; an asterisk stands for a name of the operator's. */
  List<String> variables();
}

package dev.polycert.order;

/** Where notices go. Telling one must not block, and must not fail. */
public interface Notices {

  void tell(Notice notice);
}

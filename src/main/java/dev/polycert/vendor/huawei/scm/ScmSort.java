package dev.polycert.vendor.huawei.scm;

/** In what order SCM lists certificates. */
enum ScmSort {
  LATEST_CHANGE_FIRST("certUpdateTime", "DESC"),
  EARLIEST_CHANGE_FIRST("certUpdateTime", "ASC"),
  LATEST_END_FIRST("certExpiredTime", "DESC"),
  EARLIEST_END_FIRST("certExpiredTime", "ASC");

  private final String key;
  private final String direction;

  ScmSort(String key, String direction) {
    this.key = key;
    this.direction = direction;
  }

  /** By what it is sorted, as the vendor calls it. */
  String key() {
    return key;
  }

  /** {@code ASC} or {@code DESC}. */
  String direction() {
    return direction;
  }
}

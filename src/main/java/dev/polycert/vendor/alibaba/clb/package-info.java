/** Listeners of Alibaba Cloud's Classic Load Balancer (CLB, once SLB). */
@NullMarked
package dev.polycert.vendor.alibaba.clb;

import org.jspecify.annotations.NullMarked;

/**
 * Operations that an encoder's graph may hold: those of TensorFlow.js's converter that compute
 * forward. Left out are loops and branches (they may never end), functions, tables and lists,
 * random numbers, images, and whatever reads or writes.
 */
export const OPERATIONS: ReadonlySet<string> = new Set([
  ...['Const', 'Placeholder', 'PlaceholderWithDefault', 'Identity', 'IdentityN', 'NoOp'],
  ...['StopGradient', 'Shape', 'ShapeN', 'Size', 'Rank', 'Snapshot', 'PreventGradient'],
  ...['Add', 'AddV2', 'AddN', 'BiasAdd', 'BiasAddV1', 'Sub', 'Mul', 'Div', 'RealDiv', 'DivNoNan'],
  ...['FloorDiv', 'FloorMod', 'Mod', 'Maximum', 'Minimum', 'Pow', 'SquaredDifference'],
  ...['Abs', 'Neg', 'Exp', 'Expm1', 'Log', 'Log1p', 'Sqrt', 'Rsqrt', 'Square', 'Reciprocal'],
  ...['Sign', 'Floor', 'Ceil', 'Round', 'Sin', 'Cos', 'Tan', 'Tanh', 'Sigmoid', 'Erf'],
  ...['Relu', 'Relu6', 'LeakyRelu', 'Prelu', 'Elu', 'Selu', 'Softplus', 'ClipByValue'],
  ...['MatMul', '_FusedMatMul', 'BatchMatMul', 'BatchMatMulV2', 'Einsum', 'Transpose', 'Conv1D'],
  ...['Conv2D', '_FusedConv2D', 'DepthwiseConv2dNative', 'FusedDepthwiseConv2dNative'],
  ...['Softmax', 'LogSoftmax', 'FusedBatchNorm', 'FusedBatchNormV2', 'FusedBatchNormV3', 'LRN'],
  ...['Sum', 'Mean', 'Max', 'Min', 'Prod', 'All', 'Any', 'ArgMax', 'ArgMin', 'Cumsum', 'Cumprod'],
  ...['Equal', 'NotEqual', 'Greater', 'GreaterEqual', 'Less', 'LessEqual', 'LogicalAnd'],
  ...['LogicalOr', 'LogicalNot', 'Select', 'SelectV2', 'Where', 'IsNan', 'TopKV2'],
  ...['Reshape', 'ExpandDims', 'Squeeze', 'Pack', 'Unpack', 'Concat', 'ConcatV2', 'Split'],
  ...['SplitV', 'Slice', 'StridedSlice', 'Pad', 'PadV2', 'MirrorPad', 'Tile', 'BroadcastTo'],
  ...['BroadcastArgs', 'Reverse', 'ReverseV2', 'Gather', 'GatherV2', 'GatherNd', 'ScatterNd'],
  ...['TensorScatterUpdate', 'SparseToDense', 'SpaceToBatchND', 'BatchToSpaceND', 'OneHot'],
  ...['Fill', 'Zeros', 'Ones', 'ZerosLike', 'OnesLike', 'Range', 'LinSpace', 'Cast'],
  ...['MaxPool', 'AvgPool', 'SegmentSum', 'MatrixBandPart', 'EuclideanNorm', 'Complex'],
]);
